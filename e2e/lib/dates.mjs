// Dates of a demo that begins on any day of any year.

const MONTHS = [
  "enero", "febrero", "marzo", "abril", "mayo", "junio",
  "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
];

/** The date so many days later, as YYYY-MM-DD. */
export function later(date, days) {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** Each night from `from` to the day before `to`. */
export function nightsBetween(from, to) {
  const nights = [];
  for (let date = from; date < to; date = later(date, 1)) nights.push(date);
  return nights;
}

/** `del 5 al 8 de enero`, as a guest would write it. */
export function spoken(from, to) {
  const [, fromMonth, fromDay] = from.split("-").map(Number);
  const [, toMonth, toDay] = to.split("-").map(Number);
  const month = fromMonth === toMonth ? "" : ` de ${MONTHS[fromMonth - 1]}`;
  return `del ${fromDay}${month} al ${toDay} de ${MONTHS[toMonth - 1]}`;
}

/** The first stretch of so many free nights and a free one after them: a week away, in one month of the calendar. */
export function findFree({ today, cabins }, cabinName, length) {
  const cabin = cabins.find(({ name }) => name === cabinName);
  const free = new Set(cabin.nights.filter(({ state }) => state === "free").map(({ date }) => date));
  for (const { date } of cabin.nights) {
    const to = later(date, length);
    const inMonth = date.slice(0, 7) === to.slice(0, 7);
    if (inMonth && date > later(today, 7) && nightsBetween(date, later(to, 1)).every((night) => free.has(night))) {
      return { from: date, to };
    }
  }
  throw new Error(`${cabinName} has no ${length} free nights in a row on the demo's calendars`);
}
