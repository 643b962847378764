// The folder of an opened notebook, read and written through the server, with or without a kernel.

const ANSWERS = 'answers.json';

export class Folder {
  constructor(app, panel) {
    this.contents = app.serviceManager.contents;
    this.panel = panel; // the notebook may be renamed or moved
  }

  get path() {
    return this.panel.context.path.split('/').slice(0, -1).join('/');
  }

  /** What lies beside the notebook: `{name, type}` each. */
  async entries() {
    return (await this.contents.get(this.path, { content: true })).content;
  }

  /** The answer file: its `text` (empty if there is none) and its `answers` by id. */
  async answers() {
    const names = (await this.entries()).map(entry => entry.name);
    if (!names.includes(ANSWERS)) {
      return { text: '', answers: {} };
    }
    const file = await this.contents.get(`${this.path}/${ANSWERS}`, {
      type: 'file',
      format: 'text',
      content: true
    });
    return { text: file.content, answers: JSON.parse(file.content).answers };
  }

  /** Write a text into a folder at the top, which is made if it is not there. Gives the path. */
  async send(folder, name, text) {
    const top = await this.contents.get('', { content: true });
    if (!top.content.some(entry => entry.name === folder)) {
      await this.contents.save(folder, { type: 'directory' });
    }
    const path = `${folder}/${name}`;
    await this.contents.save(path, { type: 'file', format: 'text', content: text });
    return path;
  }
}
