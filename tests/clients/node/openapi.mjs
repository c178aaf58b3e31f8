// The description that the hub serves of itself, before a checker nobody here wrote: @seriousme/openapi-schema-validator,
// which holds the published schema of OpenAPI 3.1. The page for people must do without anybody else's host.
import { Validator } from '@seriousme/openapi-schema-validator';
import hub from './hub.cjs';

const { check } = hub;

await hub.run(
  ['document', async () => {
    const answer = await fetch(`${hub.issuer}/openapi.json`);
    check('it is served', answer.status === 200 && answer.headers.get('content-type').startsWith('application/json'),
      answer.status);
    const document = await answer.json();
    const result = await new Validator().validate(structuredClone(document));
    check('it is OpenAPI 3.1', result.valid && document.openapi === '3.1.0', result.errors);

    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })));
    const ids = operations.map(({ operation }) => operation.operationId);
    const doubled = ids.filter((id, at) => id === undefined || ids.indexOf(id) !== at);
    check('every operation has an id of its own', doubled.length === 0, doubled);
    const wrong = operations.filter(({ path, operation }) => {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]).join();
      const told = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name).join();
      return inPath !== told;
    });
    check('every placeholder is a parameter', wrong.length === 0, wrong.map(({ path }) => path));
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]);
    const missing = references.filter((path) => path.split('/').reduce((at, name) => at?.[name], document) === undefined);
    check('every reference leads somewhere', references.length > 0 && missing.length === 0, missing);
    const tags = new Set(document.tags.map((tag) => tag.name));
    const unknown = operations.flatMap(({ operation }) => operation.tags).filter((tag) => !tags.has(tag));
    check('every tag is described', unknown.length === 0, unknown);
    check('the operations are there', ['org_create', 'token_issue', 'key_rotate'].every((id) => ids.includes(id)), ids);
  }],
  ['page', async () => {
    const answer = await fetch(`${hub.issuer}/docs`);
    const page = await answer.text();
    check('it is served as a page', answer.status === 200 && answer.headers.get('content-type').startsWith('text/html'),
      answer.status);
    check('it has a policy', /default-src 'none'/.test(answer.headers.get('content-security-policy') ?? ''));
    check('it names no other host', !/https?:\/\//.test(page.replace(/<pre>[^<]*<\/pre>|<td>[^<]*<\/td>/g, '')));
    check('it has no script and no style of its own', !/<script|<style|\sstyle=|\son[a-z]+=/.test(page));
    const style = await fetch(`${hub.issuer}/docs/style.css`);
    check('its style is served', style.status === 200, style.status);
  }],
);
