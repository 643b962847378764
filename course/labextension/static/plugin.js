// The plugin: finds our notebooks among all that are opened and gives each its bar.

import { makeAccessible } from './keyboard.js';
import { Webinar } from './webinar.js';

const here = import.meta.url;

/** The plugin for JupyterLab and Notebook 7; `lab` holds their own classes. */
export function makePlugin(lab) {
  return {
    id: 'proclusters:webinar',
    description: 'Opens the forms of the course by themselves and shows the bar above them.',
    autoStart: true,
    requires: [lab.INotebookTracker],
    activate: (app, tracker) => {
      addStyle();
      makeAccessible();
      const vouched = readVouched();
      const adopt = async panel => {
        await panel.context.ready;
        const ours = panel.context.model.getMetadata('proclusters');
        if (ours && /^\w{1,80}$/.test(ours.assignment)) {
          const cells = (await vouched)[ours.assignment] || [];
          new Webinar(app, lab, panel, ours.assignment, new Set(cells)).open();
        }
      };
      tracker.forEach(adopt);
      tracker.widgetAdded.connect((_tracker, panel) => adopt(panel));
    }
  };
}

// SHA-256 of the code cells of all released webinars, by webinar. Without the list nothing runs.
async function readVouched() {
  try {
    return (await (await fetch(new URL('vouched.json', here))).json()).cells;
  } catch {
    return {};
  }
}

function addStyle() {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL('style.css', here);
  document.head.append(link);
}
