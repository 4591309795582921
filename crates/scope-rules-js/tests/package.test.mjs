// The package as Node loads it. `cargo xtask test browser` builds it, and says where it is.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const { SCOPE_RULES_PACKAGE: folder, SCOPE_RULES_ANSWERS: answersFile } = process.env;
// A package may import itself by name: so its own `exports` are what is tested.
const require = createRequire(join(folder, "index.js"));
const { Catalog } = require("scope-rules");
const answers = JSON.parse(readFileSync(answersFile, "utf8"));

const corpus = new URL("../../../corpus/", import.meta.url);
const cases = readdirSync(corpus)
  .filter((name) => name.endsWith(".jsonl"))
  .sort()
  .flatMap((name) =>
    readFileSync(new URL(name, corpus), "utf8")
      .split("\n")
      .filter((line) => line.trim())
      .map((line, index) => ({ at: `${name}:${index + 1}`, ...JSON.parse(line) })),
  );

const GET = "/clarifai.api.V2/GetInput";
const POST = "/clarifai.api.V2/PostInputs";
const catalog = Catalog.fromListScopes(answers.enterprise.app_specific_key, "app_specific_key");

/** What the case says of a decision; where it says nothing of sides or caveats, they are not compared. */
function meets(expected, found) {
  const parts = { outcome: undefined, reason: undefined, missing: [], ...expected };
  const known = Object.fromEntries(Object.keys(parts).map((part) => [part, found[part] ?? parts[part]]));
  known.missing = found.missing ?? [];
  known.reason = found.reason;
  return [parts, known];
}

test("the corpus is decided as it says", () => {
  assert.ok(cases.length > 0);
  for (const { at, catalog: name, key_type, enforcement, key, invite, decisions, findings } of cases) {
    const access = Catalog.fromListScopes(answers[name][key_type], key_type)
      .withEnforcement(enforcement ?? "graded")
      .access(key, invite);
    const preview = new Map(access.preview().map(({ endpoint, decision }) => [endpoint, decision]));
    for (const [endpoint, expected] of Object.entries(decisions)) {
      const found = access.decide(endpoint);
      assert.deepEqual(...meets(expected, found), `${at}: ${endpoint}`);
      assert.deepEqual(preview.get(endpoint) ?? found, found, `${at}: ${endpoint}`);
      assert.ok(access.explain(endpoint).startsWith(found.outcome), `${at}: ${endpoint}`);
    }
    if (findings) {
      const found = access.findings().map(({ code, about, lacks, fix }) => ({
        code,
        about,
        lacks,
        fixable: fix !== undefined,
      }));
      const expected = findings.map(({ code, about, lacks = [], fixable }) => ({ code, about, lacks, fixable }));
      assert.deepEqual(found, expected, at);
    }
  }
});

test("a catalog tells what it is", () => {
  assert.deepEqual(
    [catalog.name, catalog.keyType, catalog.enforcement],
    ["clarifai-12.6.0", "app_specific_key", "graded"],
  );
  assert.equal(catalog.withEnforcement("strict").enforcement, "strict");
});

test("a bare answer is enough", () => {
  const bare = Catalog.fromListScopes(
    {
      scope_deps: [{ scope: "Inputs_Get" }, { scope: "Inputs:Add", depending_scopes: ["Inputs:Get"] }],
      endpoint_deps: [{ endpoint: POST, depending_scopes: ["Inputs:Add", "Inputs:Get"] }],
    },
    "app_specific_key",
  );
  const access = bare.access({ scopes: ["Inputs:Add"] });
  assert.deepEqual(access.decide(POST), {
    outcome: "rejected",
    reason: "missing-operations",
    missing: ["Inputs:Get"],
    sides: ["key"],
  });
  assert.equal(access.explain(POST), "rejected: the key lacks `Inputs:Get`");
});

test("findings come with their fixes", () => {
  const access = catalog.access({ scopes: ["Inputs:Add", "inputs:get"] });
  const [unknown, lacking] = ["not-in-catalog", "missing-prerequisite"].map((code) =>
    access.findings().find((finding) => finding.code === code),
  );
  assert.equal(unknown.severity, "error");
  assert.equal(unknown.suggestion, "Inputs:Get");
  assert.deepEqual(access.apply(unknown.fix), { scopes: ["Inputs:Add"] });
  assert.deepEqual(access.apply({ remove_operations: ["Inputs_Add", "inputs_get"] }), { scopes: [] });
  assert.equal(lacking.message, "`Inputs:Add` does not work without `Inputs:Get`");
  assert.deepEqual(access.fixAll(), { scopes: ["Inputs:Add", "Inputs:Get"] });
  assert.equal(catalog.access({ scopes: ["Inputs:Get"] }).fixAll(), undefined);
});

test("consequences tell each decision before and after", () => {
  const before = catalog.access({ scopes: ["Inputs:Get"] });
  const after = catalog.access({ scopes: [] });
  const change = before.consequences(after).find(({ endpoint }) => endpoint === GET);
  assert.equal(change.before.outcome, "redacted");
  assert.equal(change.after.outcome, "rejected");
  assert.deepEqual(before.consequences(before), []);
});

test("an invite bounds the key", () => {
  const access = catalog.access({ scopes: ["All"] }, { scopes: ["Inputs:Get"], endpoints: [GET] });
  assert.deepEqual(access.decide(POST).side, "invite");
  assert.equal(access.explain(POST), "rejected: the owner's invite does not include the endpoint");
});

test("the least operations of an endpoint allow it", () => {
  const { operations, conditional, out_of_reach } = catalog.leastOperations([GET, "/no/Such"]);
  assert.equal(catalog.access({ scopes: operations }).decide(GET).outcome, "allowed");
  assert.deepEqual(conditional, []);
  assert.deepEqual(out_of_reach, [
    { endpoint: "/no/Such", decision: { outcome: "rejected", reason: "unknown-endpoint" } },
  ]);
});

test("risk rises with what is held", () => {
  const risks = [[], ["Inputs:Add"], ["Inputs:Delete"], ["All"]].map((scopes) => catalog.access({ scopes }).risk);
  assert.deepEqual(risks, ["read-only", "limited", "destructive", "full"]);
});

test("what is spelt oddly is named, and the right spelling suggested", () => {
  const oddities = [
    ["inputs:get", "Inputs:Get"],
    ["INPUTS:GET", "Inputs:Get"],
    [" Inputs:Get", "Inputs:Get"],
    ["Inputs:Get\n", "Inputs:Get"],
    ["Inputs__Get", "Inputs:Get"],
    ["Inputs_Get_", "Inputs:Get"],
    ["\u0406nputs:G\u0435t", "Inputs:Get"],
    ["Pre\u200bdict", "Predict"],
    ["all", "All"],
    ["Quux:Frobnicate", undefined],
    ["", undefined],
  ];
  for (const [odd, suggestion] of oddities) {
    const access = catalog.access({ scopes: [odd] });
    const [finding] = access.findings();
    assert.deepEqual([finding.code, finding.about, finding.suggestion], ["not-in-catalog", odd, suggestion]);
    assert.equal(access.decide(GET).outcome, "rejected");
  }
  for (const odd of [GET.slice(1), "GetInput", "getinput", `${GET} `, GET.toLowerCase(), GET.replace("I", "\u0406")]) {
    const access = catalog.access({ scopes: ["All"], endpoints: [odd] });
    const [finding] = access.findings();
    assert.deepEqual([finding.code, finding.about, finding.suggestion], ["not-in-catalog", odd, GET]);
    assert.equal(access.decide(odd).reason, "unknown-endpoint");
    assert.equal(access.decide(GET).reason, "endpoint-not-granted");
  }
});

test("what is wrong is thrown, and says where", () => {
  const long = "x".repeat(1 << 20);
  for (const [attempt, code, message] of [
    [
      () => Catalog.fromListScopes({ scope_deps: [{ scope: "A" }, { scope: 1 }] }, "app_specific_key"),
      "bad-argument",
      "the answer of `ListScopes` cannot be read: at `.scope_deps[1].scope`: expected a string",
    ],
    [
      () => Catalog.fromListScopes(null, "app_specific_key"),
      "bad-argument",
      "the answer of `ListScopes` cannot be read: expected an object",
    ],
    [
      () => Catalog.fromListScopes({ scope_deps: [{ scope: "" }] }, "app_specific_key"),
      "bad-catalog",
      "operation 0 of the catalog has an empty name",
    ],
    [
      () => Catalog.fromListScopes({ endpoint_deps: [{ endpoint: GET }, { endpoint: long }] }, "app_specific_key"),
      "bad-catalog",
      "endpoint 1 of the catalog has an unreadable name or dependency: the name that starts with " +
        "`xxxxxxxxxxxxxxxxxxxxxxxx` has 1048576 bytes; at most 256 are read",
    ],
    [
      () => Catalog.fromListScopes({ scope_deps: new Array(1_000_000).fill({ scope: "A" }) }, "app_specific_key"),
      "bad-catalog",
      "the catalog lists 1000000 operations; at most 65536 are taken",
    ],
    [
      () => catalog.withEnforcement("lax"),
      "bad-argument",
      "the enforcement cannot be read: unknown variant `lax`, expected `graded` or `strict`",
    ],
    [
      () => catalog.access({ scopes: "All" }),
      "bad-argument",
      "the grant cannot be read: at `.scopes`: expected a sequence",
    ],
    [
      () => catalog.access({}, { endpoints: [long] }),
      "bad-grant",
      "item 0 of the grant's endpoints cannot be read: the name that starts with " +
        "`xxxxxxxxxxxxxxxxxxxxxxxx` has 1048576 bytes; at most 256 are read",
    ],
    [
      () => catalog.access({ endpoints: [GET] }).apply({ remove_endpoints: [GET] }),
      "empty-allow-list",
      "the grant restricts endpoints to none, which allows nothing; add an endpoint or allow any",
    ],
    [
      () => catalog.access({ scopes: new Array(1_000_000).fill("A") }),
      "bad-grant",
      "the grant lists 1000000 scopes; at most 65536 are read",
    ],
  ]) {
    assert.throws(attempt, (error) => {
      assert.ok(error instanceof Error);
      assert.deepEqual([error.code, error.message], [code, message]);
      return true;
    });
  }
});
