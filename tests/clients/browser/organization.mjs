// Somebody without an organization makes one on the way into an app; in German, and in the dark.
import { accessible, authorizeUrl, check, hubctl, pick, people, post, returned, walk } from './pages.mjs';

await walk(async (open) => {
  const page = await open({ locale: 'de-DE', colorScheme: 'dark' });
  await page.goto(authorizeUrl({ scope: 'Org.zaikio.organization.r', lang: 'de', 'organization[name]': 'Neue Druckerei',
    'organization[country_code]': 'DE', 'organization[kinds][]': 'printer' }));
  check(await page.locator('html').getAttribute('lang') === 'de', 'the page is German');
  await pick(page, people.vera);
  const form = page.locator('form[action^="/grant/organization"]');
  check(await form.locator('input[name=name]').inputValue() === 'Neue Druckerei', 'the app prefills the name');
  await accessible(page, 'a new organization');
  await form.locator('button[type=submit]').click();
  await accessible(page, 'its consent');
  await page.locator('button[name=decision][value=allow]').click();
  const token = await post('/oauth/access_token',
    { grant_type: 'authorization_code', code: (await returned(page)).get('code') });
  check(token.status === 200 && token.body.bearer.type === 'Organization', 'its token speaks for it');
  const made = hubctl('org', 'show', token.body.bearer.id);
  check(made.name === 'Neue Druckerei' && made.kinds[0] === 'printer', 'it is as the app said');

  await page.goto(authorizeUrl({ scope: 'zaikio.person.r', lang: 'de' }));
  await page.locator('button[name=decision][value=deny]').click();
  check((await returned(page)).get('error') === 'access_denied', 'who says no sends the app away');
});
