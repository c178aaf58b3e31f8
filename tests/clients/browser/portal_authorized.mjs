// The portal: third-party authorization, from both sides.
import { accessible, api, at, caresuite, check, hubctl, people, returned, signedIn, walk } from './pages.mjs';

await walk(async (open) => {
  const jane = await signedIn(open, people.jane);
  const tom = await signedIn(open, people.tom);
  await jane.goto(at('/id/organizations'));
  await jane.getByRole('link', { name: 'North County 211' }).click();
  await jane.getByRole('navigation', { name: /areas/i }).getByRole('link', { name: 'Applications' }).click();
  await accessible(jane, 'my applications');
  await jane.getByRole('link', { name: 'Authorized Applications' }).click();
  await accessible(jane, 'authorized applications');
  hubctl('scope', 'desired', 'add', 'caresuite', 'zaikio.sites.r');
  await jane.reload();
  await accessible(jane, 'authorized applications, one waits');
  await jane.getByRole('button', { name: 'Approve' }).click();
  check(await jane.getByText('is granted.').isVisible(), 'an admin approves');
  const key = () => api('/organizations', caresuite.id, 'development-only-caresuite-for-north211-000');
  check((await key()).status === 200, 'the key works');
  await jane.reload();
  const article = jane.locator('article', { hasText: 'CareSuite' });
  await article.locator('summary', { hasText: 'Revoke' }).click();
  await article.locator('input[name=confirm]').fill('caresuite');
  await article.getByRole('button', { name: 'Revoke' }).click();
  check((await key()).status === 401, 'revoked, it is dead at once');
  await jane.getByRole('link', { name: /ended/ }).click();
  await accessible(jane, 'what has ended');

  const ask = at(`/id/applications/authorize?application=${caresuite.id}&state=s%26t`
    + `&redirect=${encodeURIComponent(caresuite.redirect)}`);
  await tom.goto(ask);
  check(await tom.getByText('role').first().isVisible(), 'who is no admin is told which role is needed');
  await jane.goto(ask);
  await accessible(jane, 'the page that asks to authorize');
  await jane.getByRole('button', { name: 'Authorize' }).click();
  const told = await returned(jane);
  check(told.get('authorization') === 'granted' && told.get('state') === 's&t', 'the app hears of it');
  const keys = await api('/keys', caresuite.id, caresuite.secret);
  const found = keys.body.find((one) => one.organization === told.get('organization'));
  check(found && (await api('/organizations', caresuite.id, found.secret)).status === 200, 'and reads its key');
});
