/** A page that loads nothing from anywhere. `body` is HTML. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<style>body { font: 1rem sans-serif; max-width: 24rem; margin: 4rem auto } label, input { display: block }</style>
<h1>${title}</h1>
${body}
</html>
`;

export const loginPage = (problem = ''): string =>
  page(
    'Log in',
    `<p role="alert">${problem}</p>
<form method="post">
  <label>Login <input name="login" autocomplete="off" autofocus></label>
  <label>Password <input name="password" type="password" autocomplete="off"></label>
  <button type="submit">Log in</button>
  <button type="submit" name="refuse" value="yes">Cancel</button>
</form>`,
  );

/** `form` is the server's own, with the id `op.logoutForm`. */
export const logoutPage = (form: string): string =>
  page('Log out', `${form}\n<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>`);

export const errorPage = (fields: object): string =>
  page(
    'That did not work',
    Object.entries(fields)
      .map(([name, value]) => `<p>${name}: ${escape(value)}</p>`)
      .join('\n'),
  );

const escape = (value: unknown): string =>
  String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
