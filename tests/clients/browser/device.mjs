// A device that polls twice a second, a person who types its code, and one who says no.
import { accessible, caresuite, check, issuer, people, pick, post, walk } from './pages.mjs';

async function start() {
  const answer = await post('/oauth/device_authorizations/authorize.json',
    { client_id: caresuite.id, scope: 'zaikio.person.r' }, null);
  check(answer.status === 200 && /^[A-Z]{4}-[A-Z]{4}$/.test(answer.body.user_code), 'a device starts');
  return answer.body;
}
const poll = (device) => post('/oauth/access_token.json',
  { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: caresuite.id,
    device_code: device.device_code }, null);

await walk(async (open) => {
  const page = await open();
  const device = await start();
  check((await poll(device)).body.error === 'authorization_pending', 'nobody has decided');
  await page.goto(new URL('/oauth/device_authorizations/verify', issuer).toString());
  await pick(page, people.jane);
  await accessible(page, 'code of a device');
  await page.locator('input[name=code]').fill('bbbb cccc');
  await page.locator('form[action^="/oauth/device_authorizations/verify"] button[type=submit]').click();
  check(await page.getByRole('alert').isVisible(), 'a wrong code is refused');
  await accessible(page, 'a wrong code');
  await page.locator('input[name=code]').fill(device.user_code.replace('-', '').toLowerCase());
  await page.locator('form[action^="/oauth/device_authorizations/verify"] button[type=submit]').click();
  check(await page.getByText('CareSuite').first().isVisible(), 'the page names the app');
  await accessible(page, 'consent for a device');
  await page.locator('button[name=decision][value=allow]').click();
  await accessible(page, 'back to the device');
  const token = await poll(device);
  check(token.status === 200 && token.body.refresh_token, 'the next poll gets the tokens');
  check((await poll(device)).body.error === 'invalid_grant', 'and no other');

  const other = await start();
  await page.goto(other.verification_uri_complete);
  await accessible(page, 'a code in a link');
  await page.locator('form[action^="/oauth/device_authorizations/verify"] button[type=submit]').click();
  await page.locator('button[name=decision][value=deny]').click();
  check((await poll(other)).body.error === 'access_denied', 'a refusal is told');
});
