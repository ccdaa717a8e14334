/**
 * A browser with somebody signed in: opens an /authorize address and posts the form it gets to the
 * client's loopback address, as a page does when it is loaded.
 */
export const browse = async (address: string): Promise<Response> => {
  const page = await fetch(address, { redirect: 'manual' });
  const html = await page.text();
  const action = unescapeHtml(/<form method="POST" action="([^"]+)"/u.exec(html)?.[1] ?? '');
  if (action === '') throw new Error(`No form to send: ${page.status} ${html}`);
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"\/>/gu)];
  const form = new URLSearchParams();
  for (const [, name, value] of fields)
    form.append(unescapeHtml(name ?? ''), unescapeHtml(value ?? ''));
  return fetch(action, { method: 'POST', body: form, redirect: 'manual' });
};

const unescapeHtml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
