// One opened webinar: opens its fields, follows the answers and the kernel, and feeds the bar.

import { Bar } from './bar.js';
import { exercises, isEmpty, label, role, source, verdict } from './exercises.js';
import { Folder } from './folder.js';
import { handIn, handedIn } from './handin.js';
import { saveQuietly } from './saving.js';
import { sha256 } from './sha256.js';
import { askToken, varies } from './token.js';
import { hour } from './told.js';

// What Python would take in place of a library, if it lay beside the notebook.
const MODULE = /\.(py|pyc|pyd|so|dll|zip|pth)$/i;
const PACKAGE = /^[a-z_]\w*$/i;
const SETTLED = 1200; // milliseconds after which a restarted kernel runs nothing that others asked

export class Webinar {
  constructor(app, lab, panel, assignment, vouched) {
    Object.assign(this, { app, lab, panel, assignment, vouched });
    this.session = panel.sessionContext;
    this.folder = new Folder(app, panel);
    this.answers = {};
    this.state = 'waiting'; // waiting, open, asking, lost
    this.ran = false; // whether this kernel has run any cell
    this.running = 0; // how many times our cells are being run now
    this.bar = new Bar({
      check: () => this.check(),
      left: () => this.showLeft(),
      handIn: () => handIn(this),
      token: () => this.enterToken(),
      code: shown => this.showCode(shown),
      open: () => this.openAgain()
    });
  }

  get cells() {
    return this.panel.content.widgets;
  }

  /** The exercises that give points. */
  get graded() {
    return exercises(this.cells).filter(exercise => exercise.graded);
  }

  get missing() {
    return this.graded.filter(exercise => isEmpty(this.answers[exercise.id]));
  }

  async open() {
    const holder = this.placeBar();
    saveQuietly(this.app.serviceManager.contents, this.panel);
    this.panel.node.classList.add('proclusters-webinar');
    this.showCode(false);
    this.watch(holder);
    await this.panel.revealed;
    await this.session.ready;
    await this.refresh();
    await this.openFields();
  }

  /** Lumino gives a widget the least height that its node asks for: the bar's, as it changes. */
  placeBar() {
    const holder = new this.lab.Widget();
    holder.node.append(this.bar.node);
    this.panel.contentHeader.addWidget(holder);
    const observer = new ResizeObserver(() => {
      holder.node.style.minHeight = `${this.bar.node.offsetHeight}px`;
      holder.fit();
      this.panel.contentHeader.fit();
    });
    observer.observe(this.bar.node);
    holder.disposed.connect(() => observer.disconnect());
    return holder;
  }

  watch(holder) {
    const { session } = this;
    session.statusChanged.connect((_session, status) => this.kernelIs(status));
    session.kernelChanged.connect(() => this.kernelIs('restarting'));
    session.connectionStatusChanged.connect((_session, status) => {
      this.offline = status !== 'connected';
      this.draw();
    });
    session.iopubMessage.connect((_session, message) => {
      this.ran = this.ran || message.header.msg_type === 'execute_input';
      if (message.header.msg_type === 'update_display_data') {
        this.refreshSoon(); // a field has kept an answer
      }
    });
    const seen = () => document.hidden || this.refreshSoon();
    window.addEventListener('focus', seen);
    holder.disposed.connect(() => window.removeEventListener('focus', seen));
    this.panel.content.model.cells.changed.connect(() => this.hideCode());
  }

  // -------------------------------------------------------------- the fields

  ourCode() {
    return this.cells.filter(
      cell => cell.model.type === 'code' && ['read', 'form', 'tests'].includes(role(cell))
    );
  }

  isVouched(cell) {
    return this.vouched.has(sha256(source(cell)));
  }

  /** Open the fields if every cell is one that was released and nothing can stand in for ours. */
  async openFields() {
    const strange = await this.strangeness();
    if (strange) {
      this.state = 'asking';
      this.draw(strange);
    } else {
      await this.run(this.ourCode());
    }
  }

  async strangeness() {
    if (!this.ourCode().every(cell => this.isVouched(cell))) {
      return 'Тетрадь отличается от выданной. Сами её поля не открываются.';
    }
    const beside = (await this.folder.entries()).find(
      entry =>
        MODULE.test(entry.name) ||
        (entry.type === 'directory' && PACKAGE.test(entry.name) && entry.name !== 'data')
    );
    return beside ? `Рядом с тетрадью лежит постороннее: ${beside.name}.` : '';
  }

  /** «Открыть поля»: the reader takes it on themselves, or the kernel begins anew. */
  async openAgain() {
    if (this.state === 'asking') {
      const agreed = await this.bar.ask(
        'Открыть поля этой тетради?',
        ['Её код не совпадает с выданным. Открывайте, только если знаете, откуда эта тетрадь.'],
        'Открыть'
      );
      return agreed && this.run(this.ourCode());
    }
    this.state = 'waiting';
    this.draw();
    const kernel = this.session.session && this.session.session.kernel;
    return kernel ? this.session.restartKernel() : this.session.startKernel();
  }

  async run(cells) {
    this.state = 'waiting';
    this.draw();
    this.running += 1;
    await this.lab.NotebookActions.runCells(this.panel.content, cells, this.session);
    this.running -= 1;
    this.state = this.lost ? 'lost' : 'open';
    await this.refresh();
  }

  // -------------------------------------------------------------- the kernel

  kernelIs(status) {
    if (!this.ran && !this.lost) {
      return; // the first start of a kernel is no loss
    }
    if (['dead', 'terminating', 'restarting', 'autorestarting', 'starting'].includes(status)) {
      this.lost = true;
      this.ran = false;
      this.state = 'lost';
      this.draw();
    } else if (status === 'idle' && this.lost) {
      this.lost = false;
      // «restart and run all» runs the cells itself; after a mere restart the fields are dead
      setTimeout(() => (this.ran ? this.stand() : this.openFields()), SETTLED);
    }
  }

  stand() {
    this.state = this.running ? 'waiting' : 'open';
    this.refreshSoon();
  }

  // -------------------------------------------------------------- the answers

  refreshSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), 300);
  }

  async refresh() {
    try {
      const kept = await this.folder.answers();
      Object.assign(this, { text: kept.text, answers: kept.answers, unread: false });
      this.given ??= await this.folder.token(); // looked for once, not at each answer
      this.token = kept.token || this.given;
    } catch {
      this.unread = true;
    }
    this.draw();
  }

  draw(strange = '') {
    const times = Object.values(this.answers).map(answer => String(answer.at || ''));
    const total = this.graded.length;
    this.bar.draw({
      state: this.offline ? 'offline' : this.unread ? 'unread' : this.state,
      done: total - this.missing.length,
      total,
      saved: hour(times.sort().at(-1)),
      handed: handedIn(this),
      strange,
      tokenless: this.state === 'open' && !this.token && varies(this.cells)
    });
  }

  /** The reader's own numbers: the token is kept for all webinars, and the fields open anew. */
  async enterToken() {
    const token = await askToken(this.bar, Object.keys(this.answers).length > 0);
    if (token) {
      await this.folder.keepToken(token);
      this.given = this.token = token;
      await this.openAgain();
    }
  }

  // -------------------------------------------------------------- what the buttons do

  async check() {
    const checks = this.graded.map(exercise => exercise.check).filter(Boolean);
    const known = this.state === 'asking' ? [] : checks.filter(cell => this.isVouched(cell));
    await this.lab.NotebookActions.runCells(this.panel.content, known, this.session);
    await this.refresh();
    const lines = this.graded.map(exercise => ({
      text: label(exercise),
      note: exercise.check ? verdict(exercise) : this.said(exercise),
      full: !isEmpty(this.answers[exercise.id]),
      go: () => this.goTo(exercise)
    }));
    this.bar.list('Проверка: что записано', lines);
  }

  said(exercise) {
    const empty = isEmpty(this.answers[exercise.id]);
    return empty ? 'Ответа пока нет.' : 'Ответ записан, его прочитает преподаватель.';
  }

  async showLeft() {
    await this.refresh();
    const lines = this.missing.map(exercise => ({
      text: label(exercise),
      note: '',
      full: false,
      go: () => this.goTo(exercise)
    }));
    this.bar.list(lines.length ? 'Осталось заполнить' : 'Все ответы заполнены', lines);
  }

  async goTo(exercise) {
    const index = this.cells.indexOf(exercise.cell);
    this.panel.content.activeCellIndex = index;
    await this.panel.content.scrollToItem(index, 'start');
    const first = exercise.cell.node.querySelector(
      '.proclusters input, .proclusters textarea, .proclusters select'
    );
    if (first) {
      first.focus();
    }
  }

  showCode(shown) {
    this.panel.node.classList.toggle('proclusters-quiet', !shown);
    this.hideCode(shown);
  }

  /** Fold or unfold our cells in this view only; what the notebook says of them stays. */
  hideCode(shown = !this.panel.node.classList.contains('proclusters-quiet')) {
    for (const cell of this.cells) {
      const ours = cell.model.type === 'code' && ['read', 'form', 'tests'].includes(role(cell));
      cell.node.classList.toggle('proclusters-code', ours);
      cell.node.classList.toggle('proclusters-guide', cell.model.id === 'guide');
      if (ours) {
        cell.syncCollapse = false;
        cell.inputHidden = !shown;
      }
    }
  }
}
