// The portal: an organization's members and its applications.
import { accessible, at, check, hubctl, api, ok, people, send, signedIn, unfold, walk } from './pages.mjs';
import { execFileSync } from 'node:child_process';

// The line that a form shows, as words for the hubctl of this test.
async function run(page, form, replace) {
  await page.locator(`form#${form} .command summary`).click();
  let line = await page.locator(`form#${form} .command pre`).first().textContent();
  for (const [from, to] of Object.entries(replace)) line = line.replace(from, to);
  execFileSync('/bin/sh', ['-c', line.replace(/^hubctl /, '"$HUBCTL" ') + ' -q'], { timeout: 30_000 });
  ok(`the line works: ${line}`);
}

async function members(jane, open) {
  await jane.goto(at('/id/organizations'));
  await accessible(jane, 'organizations');
  await jane.getByRole('link', { name: 'North County 211' }).click();
  await accessible(jane, 'the page of an organization');
  await jane.getByRole('navigation', { name: /areas/i }).getByRole('link', { name: 'Members' }).click();
  await unfold(jane, 'Invite');
  await jane.locator('#invite-email').fill(people.ada);
  await jane.locator('#invite-role').selectOption('admin');
  await send(jane, 'invite');
  check(await jane.getByText('The invitation is on its way.').isVisible(), 'an admin invites somebody');
  await jane.locator('details.change > summary').first().click();
  await accessible(jane, 'members');

  const ada = await signedIn(open, people.ada);
  await ada.goto(at('/id/organizations'));
  await accessible(ada, 'an invitation');
  await ada.getByRole('button', { name: 'Accept' }).click();
  check(await ada.getByText('You are a member now.').isVisible(), 'who is invited accepts');
  await jane.reload();
  const row = jane.locator('li', { hasText: people.ada });
  check((await row.textContent()).includes('Joined at'), 'the list says when they joined');
  await unfold(jane, 'Invite');
  await run(jane, 'invite', { EMAIL: 'new@nowhere.test', ROLE: 'member' });
  check(hubctl('member', 'list', '--org', 'north211').some((one) => one.person === 'new@nowhere.test'),
    'the command line does what the form does');
  return ada;
}

async function ownApplication(jane) {
  await jane.goto(at('/id/organizations'));
  await jane.getByRole('link', { name: 'North County 211' }).click();
  await jane.getByRole('navigation', { name: /areas/i }).getByRole('link', { name: 'Applications' }).click();
  await accessible(jane, 'my applications, none');
  await jane.locator('#new-application-title').or(jane.locator('summary', { hasText: 'New application' })).first().click();
  await jane.locator('#new-application-title').fill('Sync Bot');
  await send(jane, 'new-application');
  const id = await jane.locator('#client-id').textContent();
  const secret = await jane.locator('#client-secret').inputValue();
  await accessible(jane, 'a new application with its secret');
  await jane.locator('button[data-copies=client-secret]').click();
  check(await jane.evaluate(() => navigator.clipboard.readText()) === secret, 'the button copies the secret');
  check((await api('/keys', id, secret)).status === 200, 'the secret works');
  await jane.reload();
  check(await jane.locator('#client-secret').count() === 0, 'it is not shown again');

  await unfold(jane, 'Change scopes');
  await jane.locator('input[value="nexus211.organization.r"]').check();
  await send(jane, 'scopes');
  const seen = await api('/organizations', id, secret);
  check(seen.status === 200 && seen.body.length === 1, 'a scope counts at once');
  await unfold(jane, 'Set up sign-in');
  await jane.locator('#sign-in-redirect').fill('http://127.0.0.1:8933/callback');
  await send(jane, 'sign-in');
  check(await jane.locator('#open-to-all').isVisible(), 'the page warns of an open audience');
  for (const text of ['Change name', 'Rotate secret', 'Change scopes', 'Change the set-up', 'Delete this']) {
    await unfold(jane, text);
  }
  await accessible(jane, 'an application with its forms');
  await jane.locator('input[name=audience][value=own]').check();
  await send(jane, 'sign-in');
  check(await jane.getByText('Single tenant').isVisible(), 'narrowed to its own people');
}

await walk(async (open) => {
  const jane = await signedIn(open, people.jane, { permissions: ['clipboard-read', 'clipboard-write'] });
  await members(jane, open);
  await ownApplication(jane);

  const german = await signedIn(open, people.ada, { locale: 'de-DE', colorScheme: 'dark' });
  await german.goto(at('/id/organizations'));
  await german.locator('h2 a').first().click();
  check(await german.getByText('Inhaber').first().isVisible(), 'the portal speaks German');
  await accessible(german, 'the portal in German');
});
