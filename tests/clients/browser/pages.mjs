// What the scripts of this folder share: Debian's Chromium on a development hub, an app that waits for its callback,
// and checks that print a line each.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const issuer = process.env.HUB_ISSUER;
export const caresuite = {
  id: '019b76da-a800-7000-8000-000500000001',
  secret: 'development-only-secret-of-caresuite-000000',
  redirect: 'http://127.0.0.1:8931/callback',
};
export const people = {
  vera: 'vera@vendor.test', jane: 'jane@north211.test', tom: 'tom@north211.test', ada: 'ada@acme.test',
};

export function ok(what) {
  console.log(`ok ${what}`);
}
export function check(good, what) {
  if (!good) throw new Error(`not so: ${what}`);
  ok(what);
}
export function hubctl(...words) {
  return JSON.parse(execFileSync(process.env.HUBCTL, [...words, '-o', 'json'], { encoding: 'utf8', timeout: 30_000 }));
}

// The demo app, as far as a browser sees it. Its address is the seed's, so one script at a time can be it.
async function listening() {
  const app = http.createServer((request, answer) => {
    answer.setHeader('content-type', 'text/html').end('<!doctype html><title>app</title>the app');
  });
  await new Promise((resolve, reject) => app.once('error', reject).listen(8931, '127.0.0.1', resolve));
  return app;
}

// Runs a script with the app and a browser whose windows are empty, and ends both whatever happens.
export async function walk(script) {
  const app = await listening();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    await script(async (options = {}) => {
      const context = await browser.newContext({ locale: 'en-US', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => { throw error; });
      return page;
    });
  } finally {
    await browser.close();
    app.closeAllConnections();
    app.close();
  }
}

// Signs in by hand; a development hub gives its people no passwords, so one is set first.
export const password = 'correct horse battery';
export function givePassword(email) {
  execFileSync(process.env.HUBCTL, ['person', 'set-password', email, '--password-file', '-', '-q'],
    { input: `${password}\n`, timeout: 30_000 });
}
export async function signIn(page, email) {
  await page.getByLabel(/e-mail/i).first().fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form[action^="/id/sign-in"] button[type=submit]').first().click();
}
// A development hub lets one pick a person.
export async function pick(page, email) {
  await page.locator('form[action="/id/sign-in/as"]', { hasText: email }).locator('button').click();
}

export function authorizeUrl(parameters) {
  const url = new URL('/oauth/authorize', issuer);
  url.search = new URLSearchParams({ client_id: caresuite.id, redirect_uri: caresuite.redirect, response_type: 'code',
    state: 'a state', ...parameters }).toString();
  return url.toString();
}
// What the app was told when the browser came back to it.
export async function returned(page) {
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:893[0-9]\//);
  return new URL(page.url()).searchParams;
}
export async function post(path, fields, client = caresuite) {
  const body = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  if (client) headers.authorization = 'Basic ' + Buffer.from(`${client.id}:${client.secret}`).toString('base64');
  return await new Promise((resolve, reject) => {
    const request = http.request(new URL(path, issuer), { method: 'POST', headers, timeout: 10_000 }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => resolve({ status: answer.statusCode, body: text === '' ? null : JSON.parse(text) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}
export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

// The portal: somebody signed in, its forms by their ids, and what applications do there with a secret.
export const at = (path) => new URL(path, issuer).toString();
export async function signedIn(open, email, options) {
  const page = await open(options);
  await page.goto(at('/id/sign-in'));
  await pick(page, email);
  return page;
}
export async function send(page, form) {
  await page.locator(`form#${form} > .actions button[type=submit]`).click();
}
export async function unfold(page, text) {
  await page.locator('details.act > summary', { hasText: text }).first().click();
}
export async function api(path, id, secret) {
  const authorization = 'Basic ' + Buffer.from(`${id}:${secret}`).toString('base64');
  const answer = await fetch(at(path), { headers: { authorization } });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}

// No rule of WCAG 2.1 A and AA that a program can check is broken, at two widths and in both colour schemes.
export async function accessible(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
    for (const one of found.violations) {
      console.log(`${what} (${colorScheme}): ${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(' ')}`);
    }
    check(found.violations.length === 0, `${what} is accessible, ${colorScheme}`);
  }
  const narrow = { width: 320, height: 640 }, before = page.viewportSize();
  await page.setViewportSize(narrow);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  check(width <= narrow.width, `${what} fits 320 pixels`);
  await page.setViewportSize(before);
}
