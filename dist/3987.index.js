export const id = 3987;
export const ids = [3987];
export const modules = {

/***/ 3811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ch: () => (/* reexport */ digestFromHex),
  by: () => (/* reexport */ digestOfBytes),
  p$: () => (/* reexport */ emptyDescriptor),
  Bq: () => (/* reexport */ formatPlatform),
  FH: () => (/* reexport */ formatReference),
  ZD: () => (/* reexport */ hexOf),
  Bc: () => (/* reexport */ isDigest),
  Ib: () => (/* reexport */ mediaTypes),
  m: () => (/* reexport */ parseDigest),
  A1: () => (/* reexport */ parseIndex),
  zS: () => (/* reexport */ parseLocation),
  Ng: () => (/* reexport */ parseManifest),
  FL: () => (/* reexport */ parsePlatform),
  F2: () => (/* reexport */ parseReference),
  ED: () => (/* reexport */ parseTag),
  J7: () => (/* reexport */ platformSuffix)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/source/src/errors/index.js
var errors = __webpack_require__(70245);
;// CONCATENATED MODULE: ./build/source/src/oci/digest.js


const pattern = /^sha256:[0-9a-f]{64}$/;
/** @throws UserError that names what the text was for */
function parseDigest(text, what = 'digest') {
    if (!isDigest(text)) {
        throw new errors/* UserError */.yo(`${what} is not a SHA-256 digest: '${text}'`, {
            hint: 'Write it as sha256: and 64 lower-case hexadecimal digits.',
        });
    }
    return text;
}
const isDigest = (text) => pattern.test(text);
const digestFromHex = (hex) => parseDigest(`sha256:${hex}`);
/** The 64 hexadecimal digits after `sha256:`. */
const hexOf = (digest) => digest.slice('sha256:'.length);
const digestOfBytes = (bytes) => `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;

;// CONCATENATED MODULE: ./build/source/src/oci/manifest.js


/** Source: OCI image specification 1.1, media-types.md; Docker distribution manifest v2 schema 2. */
const mediaTypes = {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
    empty: 'application/vnd.oci.empty.v1+json',
    dockerManifestList: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    sigstoreBundle: 'application/vnd.dev.sigstore.bundle.v0.3+json',
};
/** The empty JSON object `{}`, the config of an artifact manifest. */
const emptyDescriptor = {
    mediaType: mediaTypes.empty,
    digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    size: 2,
};
/** @throws UserError when the bytes are not an index or manifest list, or a descriptor in it is malformed */
function parseIndex(bytes, what) {
    const json = parseJson(bytes, what);
    if (!Array.isArray(json.manifests))
        throw new errors/* UserError */.yo(`${what} is not an image index: it has no 'manifests'`);
    for (const descriptor of json.manifests)
        requireDescriptor(descriptor, what);
    requireCommonMembers(json, what);
    // Every member that the type names was checked.
    return json;
}
/** @throws UserError when the bytes are not an image or artifact manifest, or a descriptor in it is malformed */
function parseManifest(bytes, what) {
    const json = parseJson(bytes, what);
    if (!Array.isArray(json.layers) || json.config === undefined) {
        throw new errors/* UserError */.yo(`${what} is not an image manifest: it has no 'config' and 'layers'`);
    }
    for (const descriptor of [json.config, ...json.layers])
        requireDescriptor(descriptor, what);
    requireCommonMembers(json, what);
    // Every member that the type names was checked.
    return json;
}
function parseJson(bytes, what) {
    let json;
    try {
        json = JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
    catch {
        throw new errors/* UserError */.yo(`${what} is not JSON`);
    }
    if (isObject(json) && json.schemaVersion === 2)
        return json;
    throw new errors/* UserError */.yo(`${what} is not an OCI manifest: schemaVersion is not 2`);
}
function requireCommonMembers(json, what) {
    for (const name of ['mediaType', 'artifactType']) {
        if (json[name] !== undefined && typeof json[name] !== 'string')
            throw new errors/* UserError */.yo(`${what}: ${name} is not text`);
    }
    if (json.subject !== undefined)
        requireDescriptor(json.subject, what);
    requireAnnotations(json.annotations, what);
}
// Digests become file names and parts of URLs, so that nothing else may pass here.
function requireDescriptor(json, what) {
    if (!isObject(json) || typeof json.mediaType !== 'string' || typeof json.digest !== 'string') {
        throw new errors/* UserError */.yo(`${what} has a descriptor without mediaType and digest`);
    }
    parseDigest(json.digest, `digest of a descriptor in ${what}`);
    if (!Number.isSafeInteger(json.size) || Number(json.size) < 0) {
        throw new errors/* UserError */.yo(`${what} has a descriptor whose size is not a number of bytes: ${json.digest}`);
    }
    if (json.platform !== undefined && !isPlatform(json.platform)) {
        throw new errors/* UserError */.yo(`${what} has a descriptor whose platform is malformed: ${json.digest}`);
    }
    if (json.artifactType !== undefined && typeof json.artifactType !== 'string') {
        throw new errors/* UserError */.yo(`${what} has a descriptor whose artifactType is not text: ${json.digest}`);
    }
    requireAnnotations(json.annotations, what);
}
function requireAnnotations(json, what) {
    if (json === undefined || json === null)
        return;
    if (!isObject(json) || !Object.values(json).every((value) => typeof value === 'string')) {
        throw new errors/* UserError */.yo(`${what} has annotations that are not a map of texts`);
    }
}
const isObject = (json) => json !== null && typeof json === 'object' && !Array.isArray(json);
const isPlatform = (json) => isObject(json) &&
    typeof json.os === 'string' &&
    typeof json.architecture === 'string' &&
    (json.variant === undefined || typeof json.variant === 'string');

;// CONCATENATED MODULE: ./build/source/src/oci/platform.js

/**
 * `linux/amd64` or `linux/arm/v7` → Platform.
 * @throws UserError
 */
function parsePlatform(text) {
    const match = /^([a-z0-9]+)\/([a-z0-9]+)(?:\/(v[0-9]+))?$/.exec(text);
    if (!match?.[1] || !match[2]) {
        throw new errors/* UserError */.yo(`'${text}' is not a platform`, {
            hint: 'Write os/architecture or os/architecture/variant, such as linux/arm64.',
        });
    }
    return { os: match[1], architecture: match[2], ...(match[3] ? { variant: match[3] } : {}) };
}
const formatPlatform = (platform) => [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
/** `linux-amd64` or `linux-armv7`, for file names. */
const platformSuffix = ({ os, architecture, variant = '' }) => `${os}-${architecture}${variant}`;

;// CONCATENATED MODULE: ./build/source/src/oci/reference.js


const namePattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** @throws UserError */
function parseTag(text) {
    if (!tagPattern.test(text)) {
        throw new errors/* UserError */.yo(`'${text}' is not a tag`, {
            hint: 'A tag has up to 128 letters, digits, _ . - and starts with none of . and -.',
        });
    }
    return text;
}
/**
 * `oci:PATH` or `HOST[/PATH]` → where images lie.
 * @throws UserError
 */
function parseLocation(text) {
    if (text.startsWith('oci:') && text.length > 4)
        return { kind: 'layout', path: text.slice(4) };
    const slash = text.indexOf('/');
    const host = slash < 0 ? text : text.slice(0, slash);
    const prefix = slash < 0 ? '' : text.slice(slash + 1).replace(/\/$/, '');
    if (!hostPattern.test(host) || !(host.includes('.') || host.includes(':') || host === 'localhost')) {
        throw new errors/* UserError */.yo(`'${text}' is not where images can lie`, {
            hint: 'Write oci:FOLDER or HOST/PATH, such as registry.example.com/project.',
        });
    }
    if (prefix !== '' && !namePattern.test(prefix))
        throw new errors/* UserError */.yo(`'${prefix}' in '${text}' is not a repository name`);
    return { kind: 'registry', host, prefix };
}
/**
 * `HOST/REPOSITORY[:TAG][@DIGEST]` or `oci:PATH:NAME[:TAG][@DIGEST]` → one image.
 * @throws UserError
 */
function parseReference(text) {
    const at = text.indexOf('@');
    const digest = at < 0 ? undefined : parseDigest(text.slice(at + 1), `digest of '${text}'`);
    const rest = at < 0 ? text : text.slice(0, at);
    const match = text.startsWith('oci:')
        ? /^oci:(?<path>[^:]+):(?<name>[^:]+)(?::(?<tag>[^:/]+))?$/.exec(rest)
        : /^(?<path>[^/]+)\/(?<name>[^:]+)(?::(?<tag>[^:/]+))?$/.exec(rest);
    const { path, name, tag } = match?.groups ?? {};
    if (!path || !name || !namePattern.test(name)) {
        throw new errors/* UserError */.yo(`'${text}' is not an image reference`, {
            hint: 'Write HOST/REPOSITORY:TAG, HOST/REPOSITORY@sha256:… or oci:FOLDER:NAME:TAG.',
        });
    }
    return {
        location: text.startsWith('oci:') ? { kind: 'layout', path } : parseLocation(path),
        name,
        ...(tag ? { tag: parseTag(tag) } : {}),
        ...(digest ? { digest } : {}),
    };
}
/** The reference as text, with the digest last. */
function formatReference(reference) {
    const { location, name, tag, digest } = reference;
    const start = location.kind === 'layout'
        ? `oci:${location.path}:`
        : [location.host, location.prefix, ''].filter((part, index) => part || index === 2).join('/');
    return `${start}${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

;// CONCATENATED MODULE: ./build/source/src/oci/index.js
/** The words of the OCI image, distribution and layout specifications, as types. Pure; no effects. */






/***/ }),

/***/ 43987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L8: () => (/* reexport */ atomicWrite),
  QC: () => (/* reexport */ fileSubjects),
  DC: () => (/* reexport */ hashFile),
  vq: () => (/* reexport */ imageSubjects),
  Mx: () => (/* reexport */ newRecord),
  gS: () => (/* reexport */ openRelease),
  i6: () => (/* reexport */ proveSubjects),
  DR: () => (/* reexport */ saveRelease),
  Kg: () => (/* reexport */ withEvidence),
  gN: () => (/* reexport */ withSubjects),
  p_: () => (/* reexport */ withoutStaleEvidence),
  gD: () => (/* reexport */ writeChecksums)
});

// UNUSED EXPORTS: digestsOf, fileSubject

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/source/src/release/hash.js



/** Reads a file once, as a stream, for its size and both hashes (lower-case hexadecimal). */
async function hashFile(path, signal) {
    const sha256 = (0,external_node_crypto_.createHash)('sha256');
    const sha512 = (0,external_node_crypto_.createHash)('sha512');
    let size = 0;
    try {
        for await (const chunk of (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
            size += chunk.length;
            sha256.update(chunk);
            sha512.update(chunk);
        }
    }
    catch (error) {
        if (error.code === 'ENOENT') {
            throw new runner/* UserError */.yo(`File not found: ${path}`, { hint: 'Check the path, or run the step that makes it first.' });
        }
        throw error;
    }
    return { size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}

;// CONCATENATED MODULE: ./build/source/src/release/subjects.js




const fileSubjects = (record, role) => record.subjects.filter((subject) => subject.kind === 'file').filter((subject) => !role || subject.role === role);
const imageSubjects = (record) => record.subjects.filter((subject) => subject.kind === 'image');
/** Every digest that evidence can speak of: of a file, or of an image's index and each of its platform manifests. */
function digestsOf(subject) {
    return subject.kind === 'file'
        ? [(0,oci/* digestFromHex */.Ch)(subject.sha256)]
        : [subject.digest, ...subject.manifests.map((manifest) => manifest.digest)];
}
/** Hashes a file that lies in the release directory and describes it. */
async function fileSubject(directory, path, options) {
    return {
        kind: 'file',
        name: (0,external_node_path_.basename)(path),
        path: (0,external_node_path_.relative)(directory, path).split(external_node_path_.sep).join('/'),
        role: options.role,
        ...(options.platform ? { platform: options.platform } : {}),
        mediaType: options.mediaType,
        ...(await hashFile(path, options.signal)),
    };
}
/**
 * The record with these subjects; one of the same kind and name is replaced.
 * @throws UserError when a file subject would have the path of another
 */
function withSubjects(record, added) {
    const byName = new Map([...record.subjects, ...added].map((subject) => [`${subject.kind} ${subject.name}`, subject]));
    const subjects = [...byName.values()];
    const paths = new Set();
    for (const subject of subjects) {
        if (subject.kind !== 'file')
            continue;
        if (paths.has(subject.path))
            throw new runner/* UserError */.yo(`Two subjects have the path ${subject.path}`);
        paths.add(subject.path);
    }
    return { ...record, subjects };
}
/** The record with this evidence; evidence at the same path is replaced. */
function withEvidence(record, added) {
    const byPath = new Map([...record.evidence, ...added].map((evidence) => [evidence.path, evidence]));
    return { ...record, evidence: [...byPath.values()] };
}
/** The record without evidence that speaks of something which is no longer in it. */
function withoutStaleEvidence(record) {
    const digests = new Set(record.subjects.flatMap(digestsOf));
    const holds = (evidence) => evidence.subjects.every((digest) => digests.has(digest));
    return { ...record, evidence: record.evidence.filter(holds) };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/source/src/release/write.js




/**
 * Writes a small file so that a reader sees the old bytes or the new ones, never a part of them.
 * @returns false when the file already held these bytes
 */
async function atomicWrite(path, content, mode = 0o644) {
    const bytes = Buffer.from(content);
    const existing = await (0,promises_.readFile)(path).catch(() => undefined);
    if (existing?.equals(bytes))
        return false;
    const temporary = `${path}.${(0,external_node_crypto_.randomUUID)()}.tmp`;
    try {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
        const file = await (0,promises_.open)(temporary, 'wx', mode);
        try {
            await file.writeFile(bytes);
            await file.sync();
        }
        finally {
            await file.close();
        }
        await (0,promises_.rename)(temporary, path);
    }
    catch (error) {
        await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
        throw new runner/* UserError */.yo(`Cannot write ${path}: ${error.message}`, {
            hint: 'Check that the folder exists and is writable.',
            cause: error,
        });
    }
    return true;
}

;// CONCATENATED MODULE: ./build/source/src/release/checksums.js



/**
 * Writes `files/SHA256SUMS` and `files/SHA512SUMS` over every file subject but themselves, in the format of
 * `sha256sum` (two spaces, name), sorted by name, and returns the record with both as subjects.
 * Every step that adds a file subject calls this, so that the sums are complete both ways.
 */
async function writeChecksums(directory, record) {
    const listed = fileSubjects(record)
        .filter((subject) => subject.role !== 'checksums')
        .sort((left, right) => (left.name < right.name ? -1 : 1));
    const sums = await Promise.all(['sha256', 'sha512'].map(async (algorithm) => {
        const path = (0,external_node_path_.join)(directory, 'files', `${algorithm.toUpperCase()}SUMS`);
        await atomicWrite(path, listed.map((subject) => `${subject[algorithm]}  ${subject.name}\n`).join(''));
        return fileSubject(directory, path, { role: 'checksums', mediaType: 'text/plain' });
    }));
    return withSubjects(record, sums);
}

// EXTERNAL MODULE: ./node_modules/ajv/dist/2020.js
var _2020 = __webpack_require__(52210);
;// CONCATENATED MODULE: ./build/source/schema/release.schema.json
const release_schema_namespaceObject = /*#__PURE__*/JSON.parse('{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://raw.githubusercontent.com/k8s-release/k8s-release/v1/schema/release.schema.json","title":"Release record","description":"release.json: the subjects and the evidence of one release, by digest.","type":"object","additionalProperties":false,"required":["schemaVersion","project","version","source","build","subjects","evidence"],"properties":{"schemaVersion":{"const":1},"project":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"version":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._+-]*$"},"source":{"type":"object","additionalProperties":false,"required":["repository","commitTime","modified"],"properties":{"repository":{"type":"string","minLength":1},"ref":{"type":"string","minLength":1},"commit":{"type":"string","pattern":"^([0-9a-f]{40}|[0-9a-f]{64})$"},"commitTime":{"type":"string","pattern":"^\\\\d{4}-\\\\d{2}-\\\\d{2}T\\\\d{2}:\\\\d{2}:\\\\d{2}Z$"},"modified":{"type":"boolean"},"directory":{"type":"string","minLength":1}}},"build":{"type":"object","additionalProperties":false,"required":["parameters","dependencies"],"properties":{"parameters":{"description":"Effective inputs of each action that made subjects, by its name.","type":"object","additionalProperties":{"type":"object"}},"dependencies":{"description":"What each action consumed beside the source, by its name.","type":"object","additionalProperties":{"type":"array","items":{"$ref":"#/$defs/dependency"}}}}},"subjects":{"type":"array","items":{"type":"object","required":["kind"],"discriminator":{"propertyName":"kind"},"oneOf":[{"$ref":"#/$defs/file"},{"$ref":"#/$defs/image"}]}},"evidence":{"type":"array","items":{"$ref":"#/$defs/evidence"}}},"$defs":{"digest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"sha512":{"type":"string","pattern":"^[0-9a-f]{128}$"},"size":{"type":"integer","minimum":0},"path":{"type":"string","pattern":"^[^/\\\\\\\\-][^\\\\\\\\]*$"},"platform":{"type":"object","additionalProperties":false,"required":["os","architecture"],"properties":{"os":{"type":"string","pattern":"^[a-z0-9]+$"},"architecture":{"type":"string","pattern":"^[a-z0-9]+$"},"variant":{"type":"string","pattern":"^v[0-9]+$"}}},"file":{"type":"object","additionalProperties":false,"required":["kind","name","path","role","mediaType","size","sha256","sha512"],"properties":{"kind":{"const":"file"},"name":{"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9._+~-]*$"},"path":{"$ref":"#/$defs/path"},"role":{"enum":["binary","archive","package","checksums","sbom","chart","other"]},"platform":{"$ref":"#/$defs/platform"},"mediaType":{"type":"string","minLength":1},"size":{"$ref":"#/$defs/size"},"sha256":{"$ref":"#/$defs/sha256"},"sha512":{"$ref":"#/$defs/sha512"}}},"image":{"type":"object","additionalProperties":false,"required":["kind","name","tags","mediaType","digest","size","manifests"],"properties":{"kind":{"const":"image"},"name":{"type":"string","pattern":"^[a-z0-9]+((\\\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\\\.|_|__|-+)[a-z0-9]+)*)*$"},"tags":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$"}},"mediaType":{"type":"string","minLength":1},"digest":{"$ref":"#/$defs/digest"},"size":{"$ref":"#/$defs/size"},"manifests":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["platform","mediaType","digest","size"],"properties":{"platform":{"$ref":"#/$defs/platform"},"mediaType":{"type":"string","minLength":1},"digest":{"$ref":"#/$defs/digest"},"size":{"$ref":"#/$defs/size"}}}}}},"dependency":{"type":"object","additionalProperties":false,"required":["uri"],"properties":{"uri":{"type":"string","minLength":1},"name":{"type":"string","minLength":1},"digest":{"type":"object","additionalProperties":{"type":"string","minLength":1}}}},"evidence":{"type":"object","additionalProperties":false,"required":["kind","subjects","path","mediaType","size","sha256","signer"],"properties":{"kind":{"enum":["signature","attestation"]},"predicateType":{"type":"string","minLength":1},"subjects":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/digest"}},"path":{"$ref":"#/$defs/path"},"mediaType":{"type":"string","minLength":1},"size":{"$ref":"#/$defs/size"},"sha256":{"$ref":"#/$defs/sha256"},"signer":{"type":"object","required":["kind"],"discriminator":{"propertyName":"kind"},"oneOf":[{"type":"object","additionalProperties":false,"required":["kind","origin","keyId","publicKey"],"properties":{"kind":{"const":"key"},"origin":{"enum":["given","local"]},"keyId":{"$ref":"#/$defs/digest"},"publicKey":{"type":"string","minLength":1}}},{"type":"object","additionalProperties":false,"required":["kind","identity","issuer"],"properties":{"kind":{"const":"keyless"},"identity":{"type":"string","minLength":1},"issuer":{"type":"string","minLength":1}}}]}}}}}');
;// CONCATENATED MODULE: ./build/source/src/release/schema.js


let validate;
/** What is wrong with a record, by schema/release.schema.json; undefined when it is valid. */
function validateRecord(json) {
    validate ??= new _2020.Ajv2020({ strict: true, strictRequired: false, discriminator: true }).compile(release_schema_namespaceObject);
    return validate(json) ? undefined : (validate.errors ?? []).map(describe).join('; ');
}
const describe = (error) => `${error.instancePath || 'the record'} ${error.message ?? 'is wrong'}${'additionalProperty' in error.params ? ` ('${error.params.additionalProperty}')` : ''}`;

;// CONCATENATED MODULE: ./build/source/src/release/directory.js






const fileName = 'release.json';
/**
 * Reads and validates `release.json`; digests of subjects are proven by `proveSubjects`.
 * @throws UserError when there is none, when it is not valid, or when a path in it leaves the release directory
 */
async function openRelease(directory) {
    const path = (0,external_node_path_.join)(directory, fileName);
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        if (error.code !== 'ENOENT')
            throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
        throw new runner/* UserError */.yo(`No release in ${directory}: release.json is missing`, {
            hint: "Run the 'build' step first, or name its folder with the input 'release'.",
        });
    }
    const record = parseRecord(text, path);
    await requireContained(directory, record);
    return { directory, record, digest: (0,oci/* digestOfBytes */.by)(text) };
}
/** A record without evidence; nothing is written until `saveRelease`. */
const newRecord = (content) => ({
    schemaVersion: 1,
    ...content,
    evidence: [],
});
/** Writes `release.json` atomically; the same record gives the same bytes. `changed` is false when they were there. */
async function saveRelease(directory, record) {
    const text = serializeRecord(record);
    const changed = await atomicWrite((0,external_node_path_.join)(directory, fileName), text);
    return { directory, record, digest: (0,oci/* digestOfBytes */.by)(text), changed };
}
/** Sorted keys and lists, two spaces, a final newline. */
function serializeRecord(record) {
    const sorted = {
        ...record,
        subjects: [...record.subjects].sort((left, right) => compare(subjectKey(left), subjectKey(right))),
        evidence: [...record.evidence].sort((left, right) => compare(left.path, right.path)),
    };
    return `${JSON.stringify(sortKeys(sorted), null, 2)}\n`;
}
function parseRecord(text, path) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${path} is not JSON: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: 'It was changed by hand or cut off; make the release again.',
            location: { file: path },
        });
    }
    const problem = validateRecord(json);
    if (problem) {
        throw new runner/* UserError */.yo(`${path} is not a release record: ${problem}`, {
            hint: 'It was changed by hand or made by another version; make the release again.',
            location: { file: path },
        });
    }
    // validateRecord checked it against the published schema of this very type.
    return json;
}
// A record is foreign data to the step that reads it: a path in it must not lead out of the folder, even by a link.
async function requireContained(directory, record) {
    const root = await (0,promises_.realpath)(directory);
    const items = [
        ...record.subjects.filter((subject) => subject.kind === 'file'),
        ...record.evidence,
    ];
    for (const { path } of items) {
        const target = (0,external_node_path_.resolve)(root, path);
        const found = await (0,promises_.lstat)(target).then(() => (0,promises_.realpath)(target), () => target);
        const inside = (0,external_node_path_.relative)(root, found);
        if (inside.startsWith('..') || inside.startsWith(external_node_path_.sep) || inside === '') {
            throw new runner/* UserError */.yo(`release.json names a path outside the release directory: ${path}`, {
                hint: 'Do not use this release: its record was tampered with.',
            });
        }
    }
}
const subjectKey = (subject) => `${subject.kind} ${subject.name}`;
const compare = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
function sortKeys(value) {
    if (Array.isArray(value))
        return value.map(sortKeys);
    if (value === null || typeof value !== 'object')
        return value;
    return Object.fromEntries(Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([left], [right]) => compare(left, right))
        .map(([key, member]) => [key, sortKeys(member)]));
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./build/source/src/release/prove.js






// What this process has hashed, by all that changes with a file's bytes: a chain of steps hashes each file once. `verify`
// does not ask here: it reads every byte again.
const hashed = new Map();
// A change so soon after another may leave the time as it was.
const timestampTick = 100;
/**
 * Re-hashes file subjects by streaming; images are proven by their layout, which is addressed by digest.
 * @throws FailedItems that names every subject that is missing or differs from the record
 */
async function proveSubjects(release, step, subjects = fileSubjects(release.record)) {
    const progress = step.progress('Proving digests', subjects.reduce((total, subject) => total + subject.size, 0), 'bytes');
    const failures = [];
    await (0,runner/* mapConcurrently */.X2)(subjects, (0,external_node_os_.availableParallelism)(), async (subject) => {
        const failure = await differenceOf(release.directory, subject, step.signal);
        if (failure)
            failures.push(failure);
        progress.advance(subject.size);
    });
    progress.done();
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Files that differ from release.json', failures);
}
async function differenceOf(directory, subject, signal) {
    try {
        const actual = await hashesOf((0,external_node_path_.join)(directory, subject.path), signal);
        if (actual.sha256 === subject.sha256 && actual.sha512 === subject.sha512 && actual.size === subject.size)
            return undefined;
        return new runner/* UserError */.yo(`${subject.path}: digest mismatch: recorded sha256:${subject.sha256}, found sha256:${actual.sha256}`);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            return error;
        throw error;
    }
}
async function hashesOf(path, signal) {
    const found = await (0,promises_.stat)(path, { bigint: true }).catch(() => undefined);
    if (!found)
        return hashFile(path, signal);
    const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = found;
    const key = [dev, ino, size, mtimeNs, ctimeNs].join();
    const known = hashed.get(key);
    if (known)
        return known;
    const hashes = await hashFile(path, signal);
    if (Date.now() - Number(ctimeMs) > timestampTick)
        hashed.set(key, hashes);
    return hashes;
}

;// CONCATENATED MODULE: ./build/source/src/release/index.js
/**
 * The release record: what is in a release directory, by digest. Actions hand it on; nothing else passes between them.
 */








/***/ })

};
