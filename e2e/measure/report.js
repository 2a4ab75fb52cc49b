// How a measurement is told: a Markdown table whose last line counts the gates.

/** The smallest of the values that at least `share` of them do not exceed. */
export function quantile(values, share) {
  const ordered = [...values].sort((one, other) => one - other);
  return ordered[Math.min(ordered.length - 1, Math.max(0, Math.ceil(ordered.length * share) - 1))];
}

/** Prints the table and sets the exit status. Each row has `p50` and the value that is `judged`, at quantile `share`. */
export function report({ title, lead, rows }) {
  const whole = (value) => Math.round(value);
  const lines = rows.map(({ name, measure, p50, judged, share, most }) => {
    const held = judged <= most ? 'held' : 'missed';
    return `| ${name} | ${measure} | ${whole(p50)} | ${whole(judged)} (p${whole(share * 100)}) | ${most} | ${held} |`;
  });
  const held = rows.filter(({ judged, most }) => judged <= most).length;
  const head = ['| what | measure | p50 | judged | at most | |', '| --- | --- | ---: | ---: | ---: | --- |'];
  console.log([`## ${title}`, '', lead, '', ...head, ...lines, '', `gates held: ${held} of ${rows.length}`].join('\n'));
  process.exitCode = held === rows.length ? 0 : 1;
}
