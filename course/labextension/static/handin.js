// «Сдать»: saves, tells what is empty, hands in through nbgrader's exchange or writes one file.

import { make, paragraph } from './bar.js';
import { label } from './exercises.js';
import { sha256 } from './sha256.js';
import { personOf } from './token.js';
import { NBSP, checksum, moment } from './told.js';

const FOLDER = 'Отправить';
const PERSON = /^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}$/; // as the course's roster allows

/** Hand in the work of a webinar, asking the reader where that is needed. */
export async function handIn(webinar) {
  const { bar, panel } = webinar;
  try {
    await panel.context.save();
    await webinar.refresh();
    if (webinar.unread || !webinar.text) {
      const why = webinar.unread ? 'Файл ответов не читается.' : 'Ни одного ответа пока нет.';
      await bar.dialog('Сдавать пока нечего', [paragraph(why)], ['Понятно']);
    } else if (await agreed(webinar)) {
      await send(webinar);
    }
  } catch (error) {
    const lines = ['Ответы целы и лежат рядом с тетрадью. Повторите или позовите организатора.'];
    const why = make('p', { class: 'proclusters-small' }, [String(error.message || error)]);
    await bar.dialog('Не сдано', [...lines.map(paragraph), why], ['Понятно']);
  }
  webinar.draw();
}

/** What the bar says of an earlier handing in. */
export function handedIn(webinar) {
  const receipt = remembered(webinar);
  if (!receipt) {
    return '';
  }
  const what = receipt.sent ? 'сдано' : 'файл для отправки от';
  const same = receipt.digest === sha256(webinar.text || '');
  return `${what} ${receipt.at}${same ? '' : ', потом ответы изменены'}`;
}

async function agreed({ bar, missing }) {
  if (!missing.length) {
    return true;
  }
  const names = missing.map(exercise => make('li', {}, [label(exercise)]));
  const body = [make('ul', { class: 'proclusters-names' }, names)];
  const title = `Без ответа: ${missing.length}`;
  return (await bar.dialog(title, body, ['Вернуться к ответам', 'Всё равно сдать'])) ===
    'Всё равно сдать';
}

async function send(webinar) {
  const { assignment, bar, text } = webinar;
  const course = await exchange(webinar);
  let lines = [];
  let file = null;
  if (course) {
    await submit(webinar, course);
    lines = ['Работа передана организатору через список заданий.'];
  } else {
    const person = personOf(webinar.token) || (await askPerson(bar));
    if (!person) {
      return;
    }
    const name = `${assignment}-${person}.json`;
    const path = await webinar.folder.send(FOLDER, name, text);
    lines = [`Файл: ${path}`, 'Отправьте его письмом организатору. Без письма работа не сдана.'];
    file = { name, url: URL.createObjectURL(new Blob([text], { type: 'application/json' })) };
  }
  const digest = sha256(text);
  const at = moment(new Date());
  remember(webinar, { at, digest, sent: !file });
  webinar.draw();
  await showReceipt(webinar, lines, { at, digest, file });
}

async function showReceipt({ bar, graded, missing }, lines, { at, digest, file }) {
  const filled = `Заполнено ${graded.length - missing.length} из${NBSP}${graded.length}.`;
  const sum = `Контрольная сумма: ${checksum(digest)}`;
  const body = [`${at}. ${filled}`, ...lines, sum].map(paragraph);
  if (file) {
    const link = { href: file.url, download: file.name, class: 'proclusters-download' };
    body.push(make('a', link, ['Скачать файл']));
  }
  await bar.dialog(file ? 'Файл для отправки готов' : 'Работа сдана', body, ['Закрыть']);
  if (file) {
    URL.revokeObjectURL(file.url);
  }
}

// ---------------------------------------------------------------- nbgrader's exchange

/** The course whose exchange this very notebook was fetched from, or nothing. */
async function exchange(webinar) {
  const courses = await asked(webinar, 'courses');
  for (const course of courses) {
    const query = `assignments?course_id=${encodeURIComponent(course)}`;
    const fetched = (await asked(webinar, query)).find(
      item => item.assignment_id === webinar.assignment && item.status === 'fetched'
    );
    const here = webinar.panel.context.path;
    if (fetched && fetched.notebooks.some(each => each.path.replaceAll('\\', '/') === here)) {
      return course;
    }
  }
  return null;
}

async function asked(webinar, address, options = {}) {
  const settings = webinar.app.serviceManager.serverSettings;
  const { ServerConnection } = webinar.lab;
  const url = settings.baseUrl + address;
  const response = await ServerConnection.makeRequest(url, options, settings);
  const answer = response.ok ? await response.json() : {};
  return answer.success ? answer.value : [];
}

async function submit(webinar, course) {
  const body = JSON.stringify({ course_id: course, assignment_id: webinar.assignment });
  const done = await asked(webinar, 'assignments/submit', { method: 'POST', body });
  const ours = done.some(
    item => item.assignment_id === webinar.assignment && item.status === 'submitted'
  );
  if (!ours) {
    throw new Error('Список заданий не принял работу.');
  }
}

// ---------------------------------------------------------------- who hands in, and when

async function askPerson(bar) {
  const input = make('input', {
    type: 'text',
    autocomplete: 'off',
    'aria-label': 'Ваш код участника'
  });
  input.value = localStorage.getItem('proclusters.person') || '';
  const say = make('p', { role: 'alert', class: 'proclusters-small' });
  const body = [
    paragraph('Впишите код участника из письма организатора, например ivanov.'),
    input,
    say
  ];
  for (;;) {
    if ((await bar.dialog('Кто сдаёт?', body, ['Продолжить', 'Отмена'])) !== 'Продолжить') {
      return '';
    }
    const person = personOf(input.value.trim()) || input.value.trim();
    if (PERSON.test(person)) {
      localStorage.setItem('proclusters.person', person);
      return person;
    }
    say.textContent = 'В коде могут быть латинские буквы, цифры, «_» и «-».';
  }
}

const key = webinar => `proclusters.receipt.${webinar.panel.context.path}`;

function remember(webinar, receipt) {
  localStorage.setItem(key(webinar), JSON.stringify(receipt));
}

function remembered(webinar) {
  try {
    return JSON.parse(localStorage.getItem(key(webinar)));
  } catch {
    return null;
  }
}
