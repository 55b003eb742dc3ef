export const id = 5591;
export const ids = [5591];
export const modules = {

/***/ 15591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

;// CONCATENATED MODULE: ./build/source/src/promotion-report/merge.js
/** Puts the reports of all shards together and holds them to the plan. Pure. */
function mergeReports(plan, files) {
    const foreign = files.filter(({ report }) => report.plan !== plan.digest);
    const own = files.filter(({ report }) => report.plan === plan.digest);
    const reporters = reportersOf(own);
    const report = {
        schemaVersion: 1,
        plan: plan.digest,
        hosts: [...reporters.keys()].sort(),
        images: sorted(own.flatMap(({ report: { images } }) => images), ({ destination, digest, source }) => `${destination} ${digest} ${source}`),
        files: sorted(own.flatMap(({ report: { files } }) => files), ({ destination, name }) => `${destination} ${name}`),
        conflicts: distinct([...plan.conflicts, ...own.flatMap(({ report: { conflicts } }) => conflicts)]),
    };
    return {
        report,
        shortcomings: [
            ...foreign.map(({ path, report: other }) => `${path} is of the plan ${other.plan}, not of ${plan.digest}`),
            ...[...reporters]
                .filter(([, paths]) => paths.length > 1)
                .map(([host, paths]) => `${host} has ${paths.length} reports: ${paths.join(', ')}`),
            ...plan.hosts
                .filter((host) => !reporters.has(host))
                .map((host) => `${host} has no report: its shard did not run, or did not end`),
            ...report.conflicts.map(({ item, message }) => `${item}: ${message}`),
            ...[...report.images, ...report.files].flatMap((outcome) => shortcomingOf(outcome) ?? []),
        ],
    };
}
/** `IMAGE@DIGEST`, or the name of a file. */
const itemOf = (outcome) => 'name' in outcome ? outcome.name : `${outcome.source}@${outcome.digest}`;
/** How many images and files the runs of a report brought, at all destinations together. */
const countPromoted = ({ images, files }) => [...images, ...files].filter(({ state }) => state === 'promoted').length;
/** The reports that each host is in. */
function reportersOf(files) {
    const reporters = new Map();
    for (const { path, report } of files) {
        for (const host of report.hosts)
            reporters.set(host, [...(reporters.get(host) ?? []), path]);
    }
    return reporters;
}
function shortcomingOf(outcome) {
    if (outcome.state === 'promoted' || outcome.state === 'present')
        return undefined;
    const what = outcome.state === 'planned' ? 'was only planned: that was a dry run' : outcome.state;
    return `${itemOf(outcome)} to ${outcome.destination} ${what}${outcome.reason === undefined ? '' : `: ${outcome.reason}`}`;
}
function distinct(conflicts) {
    const known = new Map(conflicts.map((conflict) => [
        [conflict.kind, conflict.item, conflict.destination, conflict.message].join('\n'),
        conflict,
    ]));
    return [...known].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, conflict]) => conflict);
}
const sorted = (items, key) => [...items].sort((left, right) => (key(left) < key(right) ? -1 : 1));

// EXTERNAL MODULE: ./build/source/src/promote/index.js + 54 modules
var promote = __webpack_require__(49776);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/ajv/dist/2020.js
var _2020 = __webpack_require__(52210);
;// CONCATENATED MODULE: ./build/source/schema/promotion-report.schema.json
const promotion_report_schema_namespaceObject = /*#__PURE__*/JSON.parse('{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://raw.githubusercontent.com/k8s-release/k8s-release/v1/schema/promotion-report.schema.json","title":"Promotion report","description":"What became of each item of a promotion plan at some of its destination hosts.","type":"object","additionalProperties":false,"required":["schemaVersion","plan","hosts","images","files","conflicts"],"properties":{"schemaVersion":{"const":1},"plan":{"$ref":"#/$defs/digest"},"hosts":{"type":"array","uniqueItems":true,"items":{"type":"string","minLength":1}},"images":{"type":"array","items":{"$ref":"#/$defs/image"}},"files":{"type":"array","items":{"$ref":"#/$defs/file"}},"conflicts":{"type":"array","items":{"$ref":"#/$defs/conflict"}}},"$defs":{"digest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"state":{"enum":["promoted","present","planned","blocked","failed"]},"image":{"description":"One image at one destination.","type":"object","additionalProperties":false,"required":["source","digest","destination","tags","state"],"properties":{"source":{"type":"string","minLength":1},"digest":{"$ref":"#/$defs/digest"},"destination":{"type":"string","minLength":1},"tags":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"}},"state":{"$ref":"#/$defs/state"},"reason":{"type":"string","minLength":1}}},"file":{"description":"One file in one store.","type":"object","additionalProperties":false,"required":["name","sha256","destination","state"],"properties":{"name":{"type":"string","minLength":1},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"destination":{"type":"string","minLength":1},"state":{"$ref":"#/$defs/state"},"reason":{"type":"string","minLength":1}}},"conflict":{"type":"object","additionalProperties":false,"required":["kind","item","message"],"properties":{"kind":{"type":"string","minLength":1},"item":{"type":"string","minLength":1},"destination":{"type":"string","minLength":1},"message":{"type":"string","minLength":1}}}}}');
;// CONCATENATED MODULE: ./build/source/src/promotion-report/schema.js


/** Holds JSON to schema/promotion-report.schema.json. */
function validateReport(json) {
    const validate = new _2020.Ajv2020({ strict: true }).compile(promotion_report_schema_namespaceObject);
    if (validate(json))
        return { report: json };
    return { mistake: (validate.errors ?? []).map(describe).join('; ') };
}
const describe = ({ instancePath, message }) => `${instancePath || '/'} ${message ?? 'is wrong'}`;

;// CONCATENATED MODULE: ./build/source/src/promotion-report/read.js




/**
 * The reports that match glob patterns, in the order of their paths. None is an answer, too: which shards are missing, the
 * plan says.
 * @throws UserError for a file that is no report, or may not be read in this step
 */
async function readReports(patterns, step) {
    const paths = new Set();
    for (const pattern of patterns) {
        for await (const match of (0,promises_.glob)(pattern, { cwd: step.workspace }))
            paths.add(step.resolvePath(match));
    }
    return await Promise.all([...paths].sort().map((path) => readReport(path, (0,external_node_path_.relative)(step.workspace, path))));
}
async function readReport(file, path) {
    const wrong = (what, hint) => new runner/* UserError */.yo(`${path} ${what}`, { hint, location: { file: path } });
    const hint = "Name the files that 'promote' wrote by its input 'report'.";
    let json;
    try {
        json = JSON.parse(await (0,promises_.readFile)(file, 'utf8'));
    }
    catch (error) {
        throw wrong(`cannot be read as JSON: ${(0,runner/* describeError */.Uc)(error)}`, hint);
    }
    const found = validateReport(json);
    if ('report' in found)
        return { path, report: found.report };
    throw wrong(`is not a promotion report: ${found.mistake}`, hint);
}

;// CONCATENATED MODULE: ./build/source/src/promotion-report/summary.js


/** A summary is for reading; the merged report has every row. */
const mostRows = 200;
/** The verdict, then a row for each destination, then what is new there. */
function reportSummary({ report, shortcomings }) {
    const outcomes = [...report.images, ...report.files];
    return [
        (0,runner/* heading */.R_)(shortcomings.length === 0 ? 'Promotion complete' : 'Promotion not complete'),
        (0,runner/* text */.Qq)(`Plan ${report.plan}, ${report.hosts.length === 0 ? 'no host' : report.hosts.join(', ')}.`),
        ...(shortcomings.length === 0
            ? []
            : [
                (0,runner/* table */.tp)(['What is wrong'], shortcomings.slice(0, mostRows).map((line) => [line])),
            ]),
        ...(outcomes.length === 0
            ? [(0,runner/* text */.Qq)('There was nothing to do.')]
            : [
                (0,runner/* table */.tp)(['What', 'Where', 'State'], outcomes.slice(0, mostRows).map((outcome) => [itemOf(outcome), whereOf(outcome), outcome.state])),
            ]),
        ...(outcomes.length > mostRows ? [(0,runner/* text */.Qq)(`${outcomes.length - mostRows} more rows are in the report.`)] : []),
    ];
}
const whereOf = (outcome) => 'name' in outcome || outcome.tags.length === 0
    ? outcome.destination
    : `${outcome.destination}:${outcome.tags.join(', ')}`;

;// CONCATENATED MODULE: ./build/source/src/promotion-report/promotion-report.js






/**
 * Merges the reports of all shards of one plan.
 * @throws FailedItems, after it has reported, when a shard failed or is missing, or a report is of another plan
 */
async function reportPromotion(options, step) {
    const plan = await (0,promote/* readApprovedPlan */.h6)(options.plan, options.planDigest);
    const approved = { digest: (0,promote/* digestOfPlan */.B1)(plan), hosts: (0,promote/* hostsOfPlan */.o0)(plan), conflicts: plan.conflicts };
    const merged = mergeReports(approved, await readReports(options.reports, step));
    step.summary(...reportSummary(merged));
    if (options.report !== undefined && !options.dryRun) {
        await (0,release/* atomicWrite */.L8)(options.report, `${JSON.stringify(merged.report, null, 2)}\n`);
    }
    if (merged.shortcomings.length > 0) {
        throw new runner/* FailedItems */.uE('Promotion', merged.shortcomings.map((shortcoming) => new runner/* UserError */.yo(shortcoming)), { outputs: { promoted: countPromoted(merged.report), complete: false } });
    }
    return merged.report;
}

;// CONCATENATED MODULE: ./build/source/src/promotion-report/index.js
/**
 * What became of a promotion. Each shard writes a report of what it did; one step at the end merges them, holds them to the
 * plan that was approved, and fails when anything of it is not there.
 */



// EXTERNAL MODULE: ./build/source/actions/report-promotion/definition.js
var definition = __webpack_require__(70378);
;// CONCATENATED MODULE: ./build/source/actions/report-promotion/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, async (input, step) => ({
    promoted: countPromoted(await reportPromotion(input, step)),
    complete: true,
})));


/***/ })

};
