export const id = 5589;
export const ids = [5589];
export const modules = {

/***/ 75589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l0: () => (/* reexport */ acceptedTypes),
  n4: () => (/* reexport */ findNamed),
  RJ: () => (/* reexport */ openEvidenceJudge),
  Rr: () => (/* reexport */ parsePath),
  rv: () => (/* reexport */ parsePredicate),
  cm: () => (/* reexport */ parseSigner),
  _r: () => (/* reexport */ readEvidencePolicy),
  WD: () => (/* reexport */ readWrittenSigner),
  CG: () => (/* reexport */ requirementsOf)
});

// EXTERNAL MODULE: ./build/source/src/attest/index.js + 16 modules
var attest = __webpack_require__(33863);
// EXTERNAL MODULE: ./build/source/src/sign/index.js + 13 modules
var sign = __webpack_require__(52831);
;// CONCATENATED MODULE: ./build/source/src/policy/objection.js
/** Promoted images have dozens of signatures; these are shown of them. */
const mostReasons = 4;
/** What speaks against the evidence beside some manifests that is, or may be, of one of the types. */
function objectionsTo(manifests, types, facts) {
    const objections = facts
        .filter((fact) => manifests.includes(fact.subject) && mayBe(fact, types))
        .map((fact) => objectionTo(fact));
    if (objections.length === 0)
        return { kind: undefined, reasons: undefined };
    const invalid = objections.some(({ kind }) => kind === 'invalid');
    const shown = objections.slice(0, mostReasons).map(({ reason }) => reason);
    const more = objections.length - shown.length;
    return {
        kind: invalid ? 'invalid' : 'wrong-signer',
        reasons: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
    };
}
/** What did not verify is taken for what it claims to be, or for anything where it claims nothing. */
const mayBe = ({ claimed, outcome }, types) => outcome.kind === 'verified' ? types.includes(outcome.predicateType) : claimed === undefined || types.includes(claimed);
function objectionTo({ digest, outcome }) {
    switch (outcome.kind) {
        case 'verified':
            return { kind: 'invalid', reason: `${digest}: it speaks of another image` };
        case 'invalid':
        case 'wrong-signer':
            return { kind: outcome.kind, reason: `${digest}: ${outcome.reason}` };
    }
}

// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/policy/platforms.js

/**
 * The images that clients pull: those that an index lists for a platform, or the root where it is none.
 * BuildKit lists attestations, too, for the platform `unknown/unknown`, which no client picks.
 */
function platformsOf(manifests) {
    const root = manifests.at(-1)?.descriptor.digest;
    const indexes = manifests.filter(isIndex);
    const listed = indexes.flatMap(({ bytes, descriptor }) => (0,oci/* parseIndex */.A1)(bytes, descriptor.digest).manifests);
    const picked = new Set(listed.filter((descriptor) => !isUnknown(descriptor)).map(({ digest }) => digest));
    return manifests
        .filter((manifest) => !isIndex(manifest))
        .map(({ descriptor }) => descriptor.digest)
        .filter((digest) => digest === root || picked.has(digest));
}
const isIndex = ({ descriptor: { mediaType } }) => mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
const isUnknown = ({ platform }) => platform?.os === 'unknown' && platform.architecture === 'unknown';

;// CONCATENATED MODULE: ./build/source/src/policy/judge.js




/**
 * Judges an image by what was verified beside it.
 * A signature is demanded of every manifest, also of those that an index lists: who pulls one platform has that digest.
 * A predicate is demanded of the image as a whole: its root has it, or each of its platforms does.
 */
function judgeEvidence({ manifests }, { mode, predicates }, facts) {
    const sorted = facts.toSorted((left, right) => (preference(left) < preference(right) ? -1 : 1));
    const root = manifests.at(-1)?.descriptor.digest;
    if (root === undefined)
        throw new Error('an image has a root');
    const platforms = platformsOf(manifests);
    const answers = [
        ...manifests.map(({ descriptor }) => answerSignature(descriptor.digest, sorted)),
        ...predicates.map((predicate) => answerPredicate(predicate, root, platforms, sorted)),
    ];
    return {
        mode,
        findings: answers.flatMap((answer) => ('finding' in answer ? answer.finding : [])),
        needed: placesOf(answers.flatMap((answer) => ('met' in answer ? answer.met : []))),
    };
}
// Referrers before legacy tags, which others add to; beyond that, the same choice in every run.
const preference = ({ tag, digest, subject }) => [tag ?? '', digest, subject].join(' ');
function answerSignature(manifest, facts) {
    const fact = factAbout(manifest, [sign/* imageSignatureType */.W8], facts);
    if (fact)
        return { met: [fact] };
    const { kind = 'missing-signature', reasons } = objectionsTo([manifest], [sign/* imageSignatureType */.W8], facts);
    return { finding: { kind, manifest, message: reasons ?? 'nobody signed it' } };
}
function answerPredicate(predicate, root, platforms, facts) {
    const types = acceptedTypes(predicate);
    const ofRoot = factAbout(root, types, facts);
    if (ofRoot)
        return { met: [ofRoot] };
    const ofPlatforms = platforms.map((platform) => factAbout(platform, types, facts));
    const met = ofPlatforms.filter((fact) => fact !== undefined);
    if (platforms.length > 0 && met.length === platforms.length)
        return { met };
    const lacking = platforms.filter((platform, index) => platform !== root && !ofPlatforms[index]);
    const { kind = 'missing-predicate', reasons } = objectionsTo([root, ...lacking], types, facts);
    const whereElse = lacking.length === 0 ? '' : `, nor of each platform: not of ${lacking.join(', ')}`;
    const because = reasons === undefined ? '' : ` (${reasons})`;
    return { finding: { kind, manifest: root, message: `no signer attested ${predicate} of it${whereElse}${because}` } };
}
// A statement counts for what its subjects say, never for what it lies beside.
const factAbout = (manifest, types, facts) => facts.find(({ subject, outcome }) => subject === manifest &&
    outcome.kind === 'verified' &&
    types.includes(outcome.predicateType) &&
    outcome.subjects.includes(manifest));
/** The types that fulfil a demand: cosign and actions/attest name SPDX documents by different ones. */
const acceptedTypes = (predicate) => predicate === attest/* predicateTypes */.ZR.spdx ? [attest/* predicateTypes */.ZR.spdx, attest/* predicateTypes */.ZR.spdxVersioned] : [predicate];
/** Each piece of evidence once, though it may fulfil several demands. */
function placesOf(facts) {
    const places = facts.map(({ subject, digest, tag }) => ({ subject, digest, ...(tag === undefined ? {} : { tag }) }));
    return [...new Map(places.map((place) => [`${place.subject} ${place.digest} ${place.tag}`, place])).values()];
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 31 modules
var sigstore = __webpack_require__(72436);
;// CONCATENATED MODULE: ./build/source/src/policy/named.js



/** Finds files that a policy names, relative to it. @throws UserError at the place where it names one */
const findNamed = (policy, step) => ({ path, location }) => at(location, async () => step.resolvePath((0,external_node_path_.resolve)((0,external_node_path_.dirname)(policy), path)));
/** A signer with its key read, from a file or its keeper. @throws UserError at the place where the policy names the key */
async function readWrittenSigner(signer, find, step) {
    if (signer.kind === 'keyless')
        return signer;
    const path = (0,sigstore/* isKeyAddress */.Qp)(signer.key.path) ? signer.key.path : await find(signer.key);
    return at(signer.key.location, () => (0,sigstore/* readKeySigner */.qx)(path, step));
}
/** A mistake in what the policy names is shown where the policy names it. */
async function at(location, body) {
    try {
        return await body();
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        throw new runner/* UserError */.yo(error.message, { ...(error.hint ? { hint: error.hint } : {}), location, cause: error });
    }
}

;// CONCATENATED MODULE: ./build/source/src/policy/byte-gate.js
/** @param limit bytes that all work under way may hold together; larger work runs alone */
function byteGate(limit) {
    let held = 0;
    const waiting = [];
    return async (bytes, work) => {
        const share = Math.min(bytes, limit);
        while (held + share > limit)
            await new Promise((resolve) => waiting.push(resolve));
        held += share;
        try {
            return await work();
        }
        finally {
            held -= share;
            for (const wake of waiting.splice(0))
                wake();
        }
    };
}

;// CONCATENATED MODULE: ./build/source/src/policy/signed-document.js




/** Of a legacy tag, to which every promotion may have added one. */
const mostLayers = 200;
/** What is signed beside the manifests of an image. Other artifacts, such as plain SBOMs, are not. */
function signedDocuments({ manifests, evidence }) {
    const subjects = new Set(manifests.map(({ descriptor }) => descriptor.digest));
    return evidence.flatMap(({ subject, tag, manifests: tree }) => {
        const root = tree.at(-1);
        // An index is no signature, and what lies beside evidence says nothing of the image.
        if (!root || tree.length > 1 || !subjects.has(subject))
            return [];
        const place = { subject, digest: root.descriptor.digest, ...(tag === undefined ? {} : { tag }) };
        try {
            return documentsOf(root.bytes, place);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            return [{ ...place, claimed: undefined, outcome: { kind: 'invalid', reason: error.message } }];
        }
    });
}
function documentsOf(bytes, place) {
    const { layers, annotations } = (0,oci/* parseManifest */.Ng)(bytes, place.digest);
    if (layers.length > mostLayers)
        throw new runner/* UserError */.yo(`it has ${layers.length} layers; ${mostLayers} are read at most`);
    return layers.flatMap((layer) => {
        const format = formatOf(layer);
        if (!format)
            return [];
        return [{ ...place, format, layer, claimed: claimOf(format, { ...annotations, ...layer.annotations }) }];
    });
}
// The media type of the layer decides: registries give referrers other artifact types than they have.
function formatOf({ mediaType }) {
    switch (mediaType) {
        case sigstore/* legacyMediaTypes */.zI.simpleSigning:
            return 'legacy signature';
        case sigstore/* legacyMediaTypes */.zI.envelope:
            return 'legacy attestation';
        default:
            return /^application\/vnd\.dev\.sigstore\.bundle[.+]/.test(mediaType) ? 'bundle' : undefined;
    }
}
function claimOf(format, annotations) {
    switch (format) {
        case 'bundle':
            return annotations['dev.sigstore.bundle.predicateType'];
        case 'legacy attestation':
            return annotations.predicateType;
        case 'legacy signature':
            return sign/* imageSignatureType */.W8;
    }
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
;// CONCATENATED MODULE: ./build/source/src/policy/verify-document.js






/** Bytes. A simple signing document is some hundred; a bundle may hold a predicate of 16 MiB in base64. */
const largest = {
    bundle: 32 << 20,
    'legacy attestation': 32 << 20,
    'legacy signature': 1 << 20,
};
/**
 * Reads a document and tries each signer.
 * @throws UserError when it cannot be read; what is wrong with the document itself is the outcome
 */
async function verifyDocument(document, repository, verifiers) {
    const { format, layer } = document;
    if (layer.size > largest[format]) {
        return { kind: 'invalid', reason: `it is too large: ${layer.size} bytes; ${largest[format]} are read at most` };
    }
    const bytes = await (0,consumers_.buffer)(await repository.readBlob(layer));
    let wrongSigner;
    let invalid;
    for (const verifier of verifiers) {
        try {
            return await statementIn(bytes, document, verifier);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            if (error instanceof sigstore/* WrongSigner */.MF) {
                wrongSigner = { kind: 'wrong-signer', reason: `it is by ${error.claimed}, who is no signer of the policy` };
            }
            else
                invalid = { kind: 'invalid', reason: error.message };
        }
    }
    // What fails under the signer that it claims tells more than that it is by none of the others.
    return invalid ?? wrongSigner ?? { kind: 'invalid', reason: 'the policy names no signer' };
}
async function statementIn(bytes, { format, layer: { annotations = {} } }, verifier) {
    if (format === 'legacy signature') {
        await verifier.verifyBlob((0,sigstore/* legacySignatureBundle */.gr)(bytes, annotations), () => external_node_stream_.Readable.from([bytes]));
        return { kind: 'verified', predicateType: sign/* imageSignatureType */.W8, subjects: [(0,sigstore/* simpleSigningDigest */._T)(bytes)] };
    }
    const bundle = format === 'bundle' ? bytes : (0,sigstore/* legacyAttestationBundle */.c3)(bytes, annotations);
    const statement = (0,attest/* parseStatement */.By)((await verifier.verifyStatement(bundle)).statement);
    return { kind: 'verified', predicateType: statement.predicateType, subjects: (0,attest/* subjectDigests */.IF)(statement) };
}

;// CONCATENATED MODULE: ./build/source/src/policy/observe.js





const documentsAtOnce = 4;
/**
 * Reads and verifies what lies beside images; a document that lies beside several is read once.
 * What claims to attest something that nobody asked for, such as an SBOM of many megabytes, is left unread.
 * @param predicates that are demanded beside signatures
 */
function evidenceObserver(verifiers, predicates, gate) {
    const wanted = new Set([sign/* imageSignatureType */.W8, ...predicates.flatMap(acceptedTypes)]);
    const outcomes = new Map();
    const outcomeOf = (document, repository) => {
        const { mediaType, digest, annotations } = document.layer;
        // In the legacy formats the annotations are part of the signature.
        const key = JSON.stringify([mediaType, digest, annotations]);
        const known = outcomes.get(key);
        if (known !== undefined)
            return known;
        const outcome = gate(document.layer.size, () => verifyDocument(document, repository, verifiers));
        outcomes.set(key, outcome);
        // What could not be read now may be readable in another repository.
        outcome.catch(() => outcomes.delete(key));
        return outcome;
    };
    return (image, repository) => {
        const documents = signedDocuments(image).filter(({ claimed }) => claimed === undefined || wanted.has(claimed));
        return (0,runner/* mapConcurrently */.X2)(documents, documentsAtOnce, async (document) => {
            const { subject, digest, tag, claimed } = document;
            const outcome = 'outcome' in document ? document.outcome : await outcomeOf(document, repository);
            return { subject, digest, ...(tag === undefined ? {} : { tag }), claimed, outcome };
        });
    };
}

;// CONCATENATED MODULE: ./build/source/src/policy/policy.js
/** @param project folder in a thin tree, name of a plain manifest's file, or project of a release; undefined for an image of no project */
const requirementsOf = (policy, project) => (project === undefined ? undefined : policy.projects.get(project)) ?? policy.default;

;// CONCATENATED MODULE: ./build/source/src/policy/open.js





/** Of documents in memory at a time, as they are stored; parsed, each takes a few times as much. */
const mostBytes = 48 << 20;
/**
 * Opens a verifier for each signer of the policy.
 * @throws UserError when a trusted root is needed and cannot be read
 */
async function openEvidenceJudge(policy) {
    const open = (0,sigstore/* verifierOpener */.gb)(policy.trustedRoot);
    const gate = byteGate(mostBytes);
    const observers = new Map();
    for (const requirements of [policy.default, ...policy.projects.values()]) {
        if (requirements.mode === 'off')
            continue;
        const verifiers = await Promise.all(requirements.signers.map(open));
        observers.set(requirements, evidenceObserver(verifiers, requirements.predicates, gate));
    }
    return {
        async judge(project, image, repository) {
            const requirements = requirementsOf(policy, project);
            const observe = observers.get(requirements);
            if (!observe)
                return { mode: requirements.mode, findings: [], needed: [] };
            return judgeEvidence(image, requirements, await observe(image, repository));
        },
    };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/source/src/yaml/index.js + 3 modules
var src_yaml = __webpack_require__(52612);
;// CONCATENATED MODULE: ./build/source/src/policy/words.js

function parseSigner(yaml, node) {
    const members = yaml.record(node, 'a signer', ['identity', 'issuer', 'key']);
    const identity = yaml.text(members.identity, "'identity'");
    const issuer = yaml.text(members.issuer, "'issuer'");
    const key = parsePath(yaml, members.key, "'key'");
    if (key && identity === undefined && issuer === undefined)
        return { kind: 'key', key };
    if (key || !identity || !issuer) {
        throw new runner/* UserError */.yo("a signer is an 'identity' with its 'issuer', or a 'key'", { location: yaml.locate(node) });
    }
    // A pattern would be compared as text and never be met; who writes one means something else.
    if (/[*^\\]/.test(identity)) {
        throw new runner/* UserError */.yo(`'${identity}' looks like a pattern; identities are compared as they are`, {
            hint: 'Write the whole identity as the certificate has it; list several signers where there are several.',
            location: yaml.locate(members.identity),
        });
    }
    if (!/^https?:\/\/\S+$/.test(issuer)) {
        throw new runner/* UserError */.yo(`'${issuer}' is not an issuer`, {
            hint: 'Write its URL, such as https://token.actions.githubusercontent.com.',
            location: yaml.locate(members.issuer),
        });
    }
    return { kind: 'keyless', identity, issuer };
}
function parsePredicate(yaml, node) {
    const type = yaml.text(node, 'a predicate type') ?? '';
    if (/^https?:\/\/[^/\s]+\/\S+$/.test(type))
        return type;
    throw new runner/* UserError */.yo(`'${type}' is not a predicate type`, {
        hint: 'Write its URI, such as https://slsa.dev/provenance/v1.',
        location: yaml.locate(node),
    });
}
function parsePath(yaml, node, what) {
    if (node === undefined)
        return undefined;
    const path = yaml.text(node, what);
    if (path)
        return { path, location: yaml.locate(node) };
    throw new runner/* UserError */.yo(`${what} names no file`, { location: yaml.locate(node) });
}

;// CONCATENATED MODULE: ./build/source/src/policy/parse.js



const modes = ['off', 'warn', 'require'];
/** @throws UserError with the place of the first mistake */
function parsePolicy(source, file) {
    const yaml = (0,src_yaml/* parseStrictYaml */.A)(source, file);
    const members = yaml.record(yaml.root, 'the policy', ['default', 'projects', 'trusted-root']);
    if (members.default === undefined) {
        throw new runner/* UserError */.yo("the policy has no 'default'", {
            hint: "It holds for every project that is not named; write 'mode: off' there to look at none of them.",
            location: yaml.locate(yaml.root),
        });
    }
    const projects = new Map();
    for (const { key, keyNode, value } of yaml.entries(members.projects, "'projects'")) {
        if (!/^\S+$/.test(key))
            throw new runner/* UserError */.yo(`'${key}' is not a project`, { location: yaml.locate(keyNode) });
        projects.set(key, parseRequirements(yaml, value, keyNode, `'${key}'`));
    }
    return {
        default: parseRequirements(yaml, members.default, members.default, "'default'"),
        projects,
        trustedRoot: parsePath(yaml, members['trusted-root'], "'trusted-root'"),
    };
}
function parseRequirements(yaml, node, place, what) {
    const members = yaml.record(node, what, ['mode', 'signers', 'predicates']);
    const mode = parseMode(yaml, members.mode, place, what);
    const signers = yaml.list(members.signers, `'signers' of ${what}`).map((signer) => parseSigner(yaml, signer));
    if (mode !== 'off' && signers.length === 0) {
        throw new runner/* UserError */.yo(`${what} does not say who must have signed`, {
            hint: "Give 'signers', or write 'mode: off'.",
            location: yaml.locate(members.mode),
        });
    }
    const predicates = yaml.list(members.predicates, `'predicates' of ${what}`).map((each) => parsePredicate(yaml, each));
    return { mode, signers, predicates };
}
function parseMode(yaml, node, place, what) {
    const text = yaml.text(node, `'mode' of ${what}`);
    const mode = modes.find((known) => known === text);
    if (mode)
        return mode;
    if (text === undefined) {
        throw new runner/* UserError */.yo(`${what} has no 'mode'`, {
            hint: `Write one of: ${modes.join(', ')}.`,
            location: yaml.locate(place),
        });
    }
    const near = (0,runner/* suggest */.ZA)(text, modes);
    throw new runner/* UserError */.yo(`'${text}' is not a mode`, {
        hint: near ? `Did you mean '${near}'?` : `Known are ${modes.join(', ')}.`,
        location: yaml.locate(node),
    });
}

;// CONCATENATED MODULE: ./build/source/src/policy/read.js





/**
 * Reads a policy file and the keys that it names.
 * @param path absolute
 * @throws UserError with file, line and column
 */
async function readEvidencePolicy(path, step) {
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read the evidence policy ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    const written = parsePolicy(bytes.toString('utf8'), path);
    const find = findNamed(path, step);
    const read = (requirements) => readKeys(requirements, find, step);
    const projects = await Promise.all([...written.projects].map(async ([name, requirements]) => [name, await read(requirements)]));
    return {
        default: await read(written.default),
        projects: new Map(projects),
        trustedRoot: written.trustedRoot && (await find(written.trustedRoot)),
        digest: (0,oci/* digestOfBytes */.by)(bytes),
    };
}
async function readKeys({ mode, signers, predicates }, find, step) {
    return {
        mode,
        signers: await Promise.all(signers.map((signer) => readWrittenSigner(signer, find, step))),
        predicates,
    };
}

;// CONCATENATED MODULE: ./build/source/src/policy/index.js
/**
 * Evidence policies: who must have signed an image, and what must be attested of it, before it is promoted.
 * A policy is judged at the source; the verdict names the digests that a destination must have.
 */








/***/ })

};
