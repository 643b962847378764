// What a webinar asks, read from its cells: fields, which of them give points, what checks said.

const FIELD = /\bask\.(?:number|choice|choices|table|text|date|match|step)\(\s*["']([\w-]+)["']/g;
const CHECK = /\bask\.check\(\s*["']([\w-]+)["']/;
const OUR_FIELD = 'application/vnd.proclusters.field+json';

export const source = cell => cell.model.sharedModel.getSource();
export const role = cell => (cell.model.getMetadata('proclusters') || {}).role || '';

/** The exercises in their order: `{id, cell, check, graded}`; `check` may be missing. */
export function exercises(cells) {
  const checks = new Map();
  for (const cell of cells) {
    const found = role(cell) === 'tests' && CHECK.exec(source(cell));
    if (found) {
      checks.set(found[1], cell);
    }
  }
  return cells.flatMap((cell, index) => {
    if (role(cell) !== 'form') {
      return [];
    }
    // a text that a person marks has its rubric in the next cell
    const marked = index + 1 < cells.length && role(cells[index + 1]) === 'task';
    return [...source(cell).matchAll(FIELD)].map(([, id]) => ({
      id,
      cell,
      check: checks.get(id),
      graded: checks.has(id) || marked
    }));
  });
}

/** The question of an exercise as the field itself tells it, or its id. */
export function label(exercise) {
  for (const data of outputs(exercise.cell)) {
    const field = data[OUR_FIELD];
    if (field && field.id === exercise.id) {
      return String(field.label);
    }
  }
  return exercise.id;
}

/** What the check of an exercise last said, as plain text. */
export function verdict(exercise) {
  const said = outputs(exercise.check).map(data => data['text/plain']);
  return said.flat().filter(Boolean).join(' ') || 'Проверка не ответила. Откройте поля заново.';
}

/** Whether an answer is empty, by the same rule as the checks. */
export function isEmpty(answer) {
  const value = answer ? answer.value : null;
  if (typeof value === 'string') {
    return !value.trim();
  }
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function outputs(cell) {
  const area = cell.model.outputs;
  return Array.from({ length: area.length }, (_, index) => area.get(index).data);
}
