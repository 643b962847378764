// The bar above a webinar. Draws what it is told; all texts of people go in as text, never as HTML.

import { NBSP } from './told.js';

const STATES = {
  waiting: 'Открываю поля…',
  lost: 'Поля сейчас не отвечают: ядро остановилось. Записанные ответы целы.',
  offline: 'Нет связи с сервером: новые ответы сейчас не записываются.',
  unread: 'Файл ответов не читается. Откройте поля заново.'
};

export class Bar {
  constructor(actions) {
    this.progress = make('progress', { 'aria-label': 'Заполнено заданий' });
    this.text = make('span', { role: 'status', class: 'proclusters-bar-text' });
    this.again = button('Открыть поля', actions.open);
    this.token = button('Код участника', actions.token);
    this.token.hidden = true;
    const code = button('Показать код', () => {
      const shown = code.getAttribute('aria-pressed') !== 'true';
      code.setAttribute('aria-pressed', String(shown));
      actions.code(shown);
    });
    code.setAttribute('aria-pressed', 'false');
    this.sheet = make('div', { class: 'proclusters-sheet', role: 'region', tabindex: '-1' });
    this.sheet.hidden = true;
    const line = make('div', { class: 'proclusters-bar-line' }, [
      this.progress,
      this.text,
      this.again,
      this.token,
      button('Что осталось', actions.left),
      button('Проверить', actions.check),
      button('Сдать', actions.handIn, 'proclusters-main'),
      code
    ]);
    const names = { class: 'proclusters-bar', role: 'region', 'aria-label': 'Ход вебинара' };
    this.node = make('div', names, [line, this.sheet]);
  }

  draw({ state, done, total, saved, handed, strange, tokenless }) {
    this.progress.max = total || 1;
    this.progress.value = done;
    const parts = [`Заполнено ${done} из${NBSP}${total}`];
    parts.push(...(saved ? [`сохранено в${NBSP}${saved}`] : []), ...(handed ? [handed] : []));
    const told = strange || STATES[state];
    // a screen reader reads the line again at each change: none without need
    const text = told && state !== 'waiting' ? told : [...(told ? [told] : parts)].join(' · ');
    if (this.text.textContent !== text && !(state === 'asking' && !strange)) {
      this.text.textContent = text;
    }
    this.node.classList.toggle('proclusters-alarm', !['open', 'waiting'].includes(state));
    this.token.hidden = !tokenless;
    this.again.hidden = ['open', 'waiting', 'offline'].includes(state);
  }

  /** Show a list under the bar; each line leads to its field. */
  list(title, lines) {
    const items = lines.map(({ text, note, full, go }) => {
      const sign = make('span', { 'aria-hidden': 'true' }, [full ? '✓' : '○']);
      const link = button(text, () => this.leave(go), 'proclusters-link');
      const class_ = full ? 'proclusters-full' : 'proclusters-empty';
      return make('li', { class: class_ }, [sign, link, make('span', {}, [note])]);
    });
    const close = button('Закрыть', () => this.leave(() => {}));
    const head = make('div', { class: 'proclusters-sheet-head' }, [
      make('strong', {}, [title]),
      close
    ]);
    this.sheet.replaceChildren(head, make('ul', {}, items));
    this.sheet.setAttribute('aria-label', title);
    this.sheet.hidden = false;
    this.sheet.focus();
  }

  leave(then) {
    this.sheet.hidden = true;
    then();
  }

  /** Ask in a dialog; true if the reader agrees. */
  async ask(title, lines, yes, no = 'Отмена') {
    return (await this.dialog(title, lines.map(paragraph), [yes, no])) === yes;
  }

  /** Show a dialog and give the text of the button that closed it; empty for Escape. */
  dialog(title, body, buttons) {
    const window_ = make('dialog', { class: 'proclusters-dialog', 'aria-label': title });
    return new Promise(resolve => {
      const foot = buttons.map((text, index) =>
        button(text, () => window_.close(text), index ? '' : 'proclusters-main')
      );
      const row = make('div', { class: 'proclusters-dialog-foot' }, foot);
      window_.append(make('h2', {}, [title]), ...body, row);
      window_.addEventListener('close', () => {
        window_.remove();
        resolve(window_.returnValue);
      });
      document.body.append(window_);
      window_.showModal();
    });
  }
}

export const paragraph = text => make('p', {}, [text]);

export function button(text, action, class_ = '') {
  const made = make('button', { type: 'button', class: class_ }, [text]);
  made.addEventListener('click', action);
  return made;
}

export function make(tag, attributes, children = []) {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children); // strings become text nodes
  return node;
}
