// Forms by keyboard alone: groups of choices that arrows walk through, keys that stay in a field,
// tables that take a paste from Excel. One listener each for the whole page.

const FIELD = '.proclusters input, .proclusters select, .proclusters textarea, .proclusters button';

export function makeAccessible() {
  new MutationObserver(nameGroups).observe(document.body, { childList: true, subtree: true });
  // JupyterLab takes arrows and letters («D D» removes a cell) of whatever is no text field.
  // It listens on the document; the window comes before it, and the field still gets its key.
  window.addEventListener('keydown', keepKey, true);
  document.addEventListener('paste', paste, true);
}

function keepKey(event) {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const ours = event.target instanceof Element && event.target.closest(FIELD);
  if (plain && ours && !event.target.matches('[type=text], textarea')) {
    event.stopImmediatePropagation();
  }
}

let groups = 0;

/** Radio buttons of one question become one group with its name. */
function nameGroups() {
  const fresh = document.querySelectorAll('.proclusters .widget-radio-box:not([role])');
  for (const box of fresh) {
    const buttons = box.querySelectorAll('input[type=radio]');
    if (!buttons.length) {
      continue;
    }
    groups += 1;
    const title = box.closest('.widget-radio').querySelector('.widget-label');
    box.setAttribute('role', 'radiogroup');
    box.setAttribute('aria-label', title ? title.textContent : '');
    buttons.forEach(button => {
      button.name = `proclusters-${groups}`;
    });
  }
}

/** Cells of a spreadsheet go into the cells of a table, from the one that has the focus on. */
function paste(event) {
  const first = event.target instanceof Element && event.target.closest('.proclusters-table input');
  const text = first && event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
  if (!text || !/[\t\n]/.test(text)) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const table = first.closest('.proclusters-table');
  const cells = [...table.querySelectorAll('input[type=text], select')];
  const width = getComputedStyle(table).gridTemplateColumns.split(' ').length - 1;
  const start = cells.indexOf(first);
  text.split(/\r?\n/).forEach((line, row) => {
    line.split('\t').forEach((value, column) => {
      if ((start % width) + column < width) {
        fill(cells[start + row * width + column], value.trim());
      }
    });
  });
}

function fill(cell, value) {
  if (!cell) {
    return; // more rows than the table has: «Добавить строку» makes room
  }
  if (cell.tagName === 'SELECT') {
    const found = [...cell.options].find(
      option => option.textContent.trim().toLowerCase() === value.toLowerCase()
    );
    cell.selectedIndex = found ? found.index : cell.selectedIndex;
    cell.dispatchEvent(new Event('change', { bubbles: true }));
  } else {
    cell.value = value;
    cell.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
