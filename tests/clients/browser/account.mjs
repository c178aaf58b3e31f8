// Signing up with a mail, the account's pages, forgotten passwords, ending an app's access, signing out.
import { accessible, authorizeUrl, check, issuer, password, post, returned, signIn, walk } from './pages.mjs';

const email = 'new.person@north211.test';
const at = (path) => new URL(path, issuer).toString();

// The link of the newest mail to the address, as the development hub lists it.
async function mailedLink(page, kind) {
  await page.goto(at('/dev/mails'));
  const link = page.locator('article', { hasText: email }).locator(`a[href*="${kind}"]`).first();
  return await link.getAttribute('href');
}

await walk(async (open) => {
  const page = await open();
  await page.goto(authorizeUrl({ scope: 'zaikio.person.r', show_signup: '1', 'person[first_name]': 'New',
    'person[name]': 'Person', 'person[email]': email }));
  check(await page.locator('input[name=email]').inputValue() === email, 'the app prefills the sign-up form');
  await accessible(page, 'sign-up');
  await page.locator('input[name=password]').fill('short');
  await page.locator('form[action^="/id/sign-up"] button[type=submit]').click();
  check(await page.locator('[aria-invalid=true]').count() > 0, 'a short password is refused beside its field');
  await accessible(page, 'sign-up with an error');
  await page.locator('input[name=password]').fill(password);
  await page.locator('form[action^="/id/sign-up"] button[type=submit]').click();
  await accessible(page, 'after sign-up');

  const mails = await open();
  const link = await mailedLink(mails, 'verify-email');
  check(link, 'a mail with a link was sent');
  await accessible(mails, 'mails');
  await page.goto(at(link));
  check(page.url().includes('/id/sign-in'), 'whoever follows the link shows that the account is theirs');
  await signIn(page, email);
  await accessible(page, 'about to confirm');
  await page.locator('form[action^="/id/verify-email"] button[type=submit]').click();
  check(await page.getByRole('status').isVisible(), 'the address is confirmed');
  await accessible(page, 'confirmed');

  await page.goto(authorizeUrl({ scope: 'zaikio.person.r' }));
  if (await page.locator('form[action^="/id/sign-in"] input[name=password]').count() > 0) await signIn(page, email);
  await page.locator('button[name=decision][value=allow]').click();
  const code = (await returned(page)).get('code');
  const token = (await post('/oauth/access_token', { grant_type: 'authorization_code', code })).body;
  check(token.scope === 'zaikio.person.r', 'the new person can use the app');

  for (const path of ['/id', '/id/account', '/id/account/applications', '/id/account/sessions']) {
    await page.goto(at(path));
    await accessible(page, path);
  }
  await page.goto(at('/id/account/applications'));
  check(await page.getByText('CareSuite').first().isVisible(), 'the app is among mine');
  await page.locator('form[action$="/end"] button').first().click();
  const late = await post('/oauth/access_token',
    { grant_type: 'refresh_token', refresh_token: token.refresh_token });
  check(late.body.error === 'invalid_grant', 'ended access ends the refresh token');

  // Forgotten: the link makes another password, once, and ends the other session.
  const forgetful = await open();
  await forgetful.goto(at('/id/forgot-password'));
  await accessible(forgetful, 'forgotten password');
  await forgetful.locator('input[name=email]').fill(email);
  await forgetful.locator('form[action^="/id/forgot-password"] button[type=submit]').click();
  await accessible(forgetful, 'link on its way');
  const reset = await mailedLink(mails, 'reset-password');
  await forgetful.goto(at(reset));
  await accessible(forgetful, 'new password');
  await forgetful.locator('input[name=password]').fill(`${password} staple`);
  await forgetful.locator('form[action^="/id/reset-password"] button[type=submit]').click();
  await page.goto(at('/id/account'));
  check(page.url().includes('/id/sign-in'), 'another password ends the sessions');
  await signIn(page, email);
  check(await page.getByRole('alert').isVisible(), 'the old password is wrong now');
  await accessible(page, 'a wrong password');
  await signIn(page, email.toUpperCase());
  await page.locator('input[name=password]').fill(`${password} staple`);
  await page.locator('form[action^="/id/sign-in"] button[type=submit]').first().click();
  await page.goto(at('/id'));
  check(!page.url().includes('sign-in'), 'the new one is right');
  await page.locator('form[action^="/id/sign-out"] button').first().click();
  await page.goto(at('/id/account'));
  check(page.url().includes('/id/sign-in'), 'signed out');

  await page.goto(at('/oauth/authorize?client_id=none'));
  await page.goto(at('/id/reset-password?link=none'));
  await accessible(page, 'a link that is none');
});
