// The folder of an opened notebook, read and written through the server, with or without a kernel.

const ANSWERS = 'answers.json';
const TOKEN = 'token.txt';

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

  /** The answer file: its `text` (empty if there is none), `answers` by id, and `token`, if any. */
  async answers() {
    const names = (await this.entries()).map(entry => entry.name);
    if (!names.includes(ANSWERS)) {
      return { text: '', answers: {}, token: '' };
    }
    const file = await this.contents.get(`${this.path}/${ANSWERS}`, {
      type: 'file',
      format: 'text',
      content: true
    });
    const { answers, token = '' } = JSON.parse(file.content);
    return { text: file.content, answers, token };
  }

  /** The reader's token: a file beside the notebook or one folder above; empty if there is none. */
  async token() {
    for (const folder of [this.path, this.above]) {
      const listed = await this.contents.get(folder, { content: true });
      if (listed.content.some(entry => entry.name === TOKEN)) {
        const options = { type: 'file', format: 'text', content: true };
        const file = await this.contents.get(join(folder, TOKEN), options);
        return file.content.trim();
      }
    }
    return '';
  }

  /** Keep the token one folder above, where it serves all webinars. */
  async keepToken(text) {
    const file = { type: 'file', format: 'text', content: `${text}\n` };
    await this.contents.save(join(this.above, TOKEN), file);
  }

  get above() {
    return this.path.split('/').slice(0, -1).join('/');
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

const join = (folder, name) => (folder ? `${folder}/${name}` : name);
