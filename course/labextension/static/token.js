// The reader's token: a word from the organiser that gives each person numbers of their own.

import { make, paragraph } from './bar.js';
import { source } from './exercises.js';

const TOKEN = /^PK1\.(?:0|[1-9]\d{0,3})\.([a-zA-Z0-9_][a-zA-Z0-9_-]{0,99})\.[A-Za-z0-9_-]{22}$/;

/** Whose token it is, or nothing. */
export function personOf(token) {
  const found = TOKEN.exec(token);
  return found ? found[1] : '';
}

/** Whether the webinar has numbers that differ from person to person. */
export const varies = cells => cells.some(cell => /\bask\.vary\(/.test(source(cell)));

/** Ask for the token; empty if the reader has none or gives up. */
export async function askToken(bar, answered) {
  const input = make('input', {
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Ваш код участника'
  });
  const say = make('p', { role: 'alert', class: 'proclusters-small' });
  const body = [
    paragraph('Вставьте код из письма организатора целиком. С ним числа в заданиях станут вашими.'),
    ...(answered ? [paragraph('Ответы останутся. Числовые проверьте заново: условия изменятся.')] : []),
    input,
    paragraph('Кода нет? Работайте без него, с общими числами.'),
    say
  ];
  for (;;) {
    if ((await bar.dialog('Код участника', body, ['Записать', 'Отмена'])) !== 'Записать') {
      return '';
    }
    const token = input.value.trim();
    if (personOf(token)) {
      return token;
    }
    say.textContent = 'Код не читается. Он начинается с PK1 и состоит из четырёх частей через точку.';
  }
}
