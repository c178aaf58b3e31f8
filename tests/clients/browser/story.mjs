// The seed's story: sign in to the demo app, see one's organizations, be refused as a member, install as an admin, use
// the organization's token, lose access at the next refresh after a revoke.
import { accessible, authorizeUrl, caresuite, check, hubctl, ok, people, pick, post, returned, walk } from './pages.mjs';

const north211 = '019b76da-a800-7000-8000-000100000002';
const organizationScope = `Org/${north211}.zaikio.organization.r`;

async function tokenFor(page) {
  const answer = await returned(page);
  check(answer.get('state') === 'a state' && answer.get('code'), 'the app gets a code and its state');
  check(answer.get('iss') === process.env.HUB_ISSUER, 'the answer names its issuer');
  const token = await post('/oauth/access_token', { grant_type: 'authorization_code', code: answer.get('code') });
  check(token.status === 200, 'the code is good for a token');
  return token.body;
}

await walk(async (open) => {
  hubctl('connection', 'uninstall', 'caresuite/north211');

  // A person signs in to the app.
  const tom = await open();
  await tom.goto(authorizeUrl({ scope: 'zaikio.person.r' }));
  check(await tom.getByText('CareSuite').first().isVisible(), 'the sign-in page names the app that asks');
  await accessible(tom, 'sign-in');
  await pick(tom, people.tom);
  check(await tom.getByRole('heading', { level: 1 }).isVisible(), 'consent is asked');
  await accessible(tom, 'consent');
  await tom.locator('button[name=decision][value=allow]').click();
  const toms = await tokenFor(tom);
  check(toms.bearer.type === 'Person' && toms.scope === 'zaikio.person.r', 'the token speaks for the person');
  await tom.goto(authorizeUrl({ scope: 'zaikio.person.r' }));
  check((await returned(tom)).get('code'), 'asked again, the person is sent back at once');

  // A member who is no admin is refused, and can ask those who are.
  await tom.goto(authorizeUrl({ scope: organizationScope }));
  const refused = await returned(tom);
  check(refused.get('error') === 'invalid_scope', 'a member cannot install for their organization');
  await tom.goto(authorizeUrl({ scope: 'Org.zaikio.organization.r' }));
  check(await tom.locator('button[name=decision][value=allow]').count() === 0, 'a member cannot allow it');
  await accessible(tom, 'choice without the right');
  await tom.locator(`a[href*="organization=${north211}"]`).click();
  check(await tom.locator('main').getByText('Jane Doe').first().isVisible(), 'the page says who can');
  await accessible(tom, 'a member without the right');
  await tom.getByRole('button', { name: /ask/i }).first().click();
  await accessible(tom, 'asked the admins');

  // An admin sees the request and installs the app.
  const jane = await open();
  await jane.goto(authorizeUrl({ scope: 'Org.zaikio.organization.r' }));
  await pick(jane, people.jane);
  await accessible(jane, 'choice of an organization');
  await jane.locator(`input[name=organization][value="${north211}"]`).check();
  await jane.locator('button[name=decision][value=allow]').click();
  if (!/127\.0\.0\.1:893/.test(jane.url())) {
    await accessible(jane, 'install');
    await jane.locator('button[name=decision][value=allow]').click();
  }
  const installed = () => hubctl('connection', 'list', '--org', 'north211').some((one) => one.app === 'caresuite');
  check(!installed(), 'nothing is connected before the code is redeemed');
  const token = await tokenFor(jane);
  check(token.bearer.id === north211, 'the token speaks for the organization');
  check(installed(), 'now it is connected');
  await jane.goto(new URL('/id/requests', process.env.HUB_ISSUER).toString());
  check(await jane.getByText('Tom Doe').first().isVisible(), 'the admin sees who asked');
  await accessible(jane, 'requests');

  // The token works until access ends; then the next refresh is refused.
  const answer = await fetch(new URL('/api/v1/organization', process.env.HUB_ISSUER),
    { headers: { authorization: `Bearer ${token.access_token}` } });
  check(answer.status === 200 && (await answer.json()).slug === 'north211', 'the API knows the organization');
  const refreshed = await post('/oauth/access_token',
    { grant_type: 'refresh_token', refresh_token: token.refresh_token });
  check(refreshed.status === 200, 'a refresh before the end is good');
  hubctl('connection', 'uninstall', 'caresuite/north211');
  const late = await post('/oauth/access_token',
    { grant_type: 'refresh_token', refresh_token: refreshed.body.refresh_token });
  check(late.status === 400 && late.body.error === 'invalid_grant', 'after the end it is refused');
  ok(`the story of ${caresuite.id}`);
});
