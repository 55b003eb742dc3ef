export const id = 1408;
export const ids = [1408];
export const modules = {

/***/ 76894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* reexport */ amazonAccess),
  b: () => (/* reexport */ googleToken)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
;// CONCATENATED MODULE: ./build/source/src/cloud/amazon.js

/**
 * Keys of the step's environment, masked; without them the SDK's default chain looks for others: shared files, web
 * identity, container and instance roles. That chain reads `process.env` itself: it can't be given an environment.
 */
function amazonAccess(step) {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = step.environment;
    const ignore = () => undefined;
    const tell = (message) => step.log.debug(`AWS SDK: ${textOf(message)}`);
    return {
        ...(accessKeyId && AWS_SECRET_ACCESS_KEY
            ? {
                credentials: {
                    accessKeyId,
                    secretAccessKey: step.secret(AWS_SECRET_ACCESS_KEY),
                    ...(AWS_SESSION_TOKEN ? { sessionToken: step.secret(AWS_SESSION_TOKEN) } : {}),
                },
            }
            : {}),
        logger: { debug: ignore, info: ignore, warn: tell, error: tell },
    };
}
/** The SDK logs texts, and failed commands with all that they were given, which is not for a log. */
function textOf(message) {
    if (typeof message !== 'object' || message === null)
        return String(message);
    const command = 'commandName' in message ? `${String(message.commandName)}: ` : '';
    return command + (0,runner/* describeError */.Uc)('error' in message ? message.error : message);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/cloud/google.js



const scope = 'https://www.googleapis.com/auth/cloud-platform';
const sources = new WeakMap();
/**
 * An access token of Google Cloud, as its own tools find it: given in the environment, by the file of application default
 * credentials (a service account, or the federation that google-github-actions/auth sets up), or of the machine's service
 * account, where this is a machine of Google's. Masked. One token serves all hosts of a step until it is about to end.
 * @returns undefined where there are no credentials
 * @throws UserError when there are some, and Google does not take them
 */
async function googleToken(step) {
    const { CLOUDSDK_AUTH_ACCESS_TOKEN, GOOGLE_OAUTH_ACCESS_TOKEN } = step.environment;
    const given = CLOUDSDK_AUTH_ACCESS_TOKEN || GOOGLE_OAUTH_ACCESS_TOKEN;
    if (given)
        return { token: step.secret(given), expires: undefined };
    const source = sources.get(step) ?? tokenSource(step);
    sources.set(step, source);
    return source();
}
/** A promotion goes to dozens of hosts of Google's at once: they wait for one exchange, and the library keeps its token. */
function tokenSource(step) {
    let client;
    let underWay;
    const ask = async () => {
        const keyFilename = await credentialsFile(step);
        if (keyFilename === undefined && !(await isGoogleMachine(step)))
            return undefined;
        try {
            client ??= await openClient(keyFilename);
            const { token } = await client.getAccessToken();
            if (!token)
                return undefined;
            return { token: step.secret(token), expires: client.credentials.expiry_date ?? undefined };
        }
        catch (error) {
            if (keyFilename !== undefined)
                throw refusedFile(keyFilename, error);
            step.log.debug(`This machine of Google's has no service account to use: ${(0,runner/* describeError */.Uc)(error)}`);
            return undefined;
        }
    };
    return () => {
        underWay ??= ask().finally(() => {
            underWay = undefined;
        });
        return underWay;
    };
}
async function openClient(keyFilename) {
    const { Compute, GoogleAuth } = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(3669), __webpack_require__.e(492)]).then(__webpack_require__.t.bind(__webpack_require__, 492, 19));
    // The library's own search for a machine's account runs gcloud by a shell, to learn of a project that nobody needs.
    if (keyFilename === undefined)
        return new Compute({ scopes: [scope] });
    return new GoogleAuth({ scopes: [scope], keyFilename }).getClient();
}
function refusedFile(keyFilename, error) {
    // The parser's message would quote the file, which holds a private key.
    const reason = error instanceof Error && error.name === 'SyntaxError' ? 'it is not JSON' : (0,runner/* describeError */.Uc)(error);
    return new runner/* UserError */.yo(`Google does not take the credentials in ${keyFilename}: ${reason}`, {
        hint: 'In a workflow let google-github-actions/auth write them, in a terminal gcloud auth application-default login.',
    });
}
/** Source: cloud.google.com/docs/authentication/application-default-credentials, "Search order". */
async function credentialsFile({ environment }) {
    const { GOOGLE_APPLICATION_CREDENTIALS, CLOUDSDK_CONFIG, HOME } = environment;
    if (GOOGLE_APPLICATION_CREDENTIALS)
        return GOOGLE_APPLICATION_CREDENTIALS;
    if (!(CLOUDSDK_CONFIG || HOME))
        return undefined;
    const path = (0,external_node_path_.join)(CLOUDSDK_CONFIG || (0,external_node_path_.join)(HOME ?? '', '.config', 'gcloud'), 'application_default_credentials.json');
    return (0,promises_.access)(path).then(() => path, () => undefined);
}
/** Without looking for a metadata server that does not answer: that would cost everybody else seconds. */
async function isGoogleMachine({ environment }) {
    const { GCE_METADATA_HOST, K_SERVICE, CLOUD_RUN_JOB, METADATA_SERVER_DETECTION } = environment;
    if (METADATA_SERVER_DETECTION === 'none')
        return false;
    if (GCE_METADATA_HOST || K_SERVICE || CLOUD_RUN_JOB)
        return true;
    const vendor = await (0,promises_.readFile)('/sys/class/dmi/id/bios_vendor', 'utf8').catch(() => '');
    return vendor.startsWith('Google');
}

;// CONCATENATED MODULE: ./build/source/src/cloud/index.js
/** What the surroundings of a step say of its identity in the clouds, for the SDKs that talk to them. */




/***/ }),

/***/ 51408:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B9: () => (/* reexport */ openLayout),
  h_: () => (/* reexport */ openRepository),
  N1: () => (/* reexport */ referrerOf),
  KC: () => (/* reexport */ resolveLocation),
  sX: () => (/* reexport */ resolveReference),
  qm: () => (/* reexport */ sigstoreReferrer)
});

// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/registry/artifact.js

/**
 * The artifact manifest by which cosign 3 finds a Sigstore bundle beside an image: artifactType and layer are the
 * bundle's media type, the config is empty, and annotations say what the bundle holds.
 */
function sigstoreReferrer(subject, bundle, predicateType, created) {
    const manifest = {
        schemaVersion: 2,
        mediaType: oci/* mediaTypes */.Ib.manifest,
        artifactType: oci/* mediaTypes */.Ib.sigstoreBundle,
        config: oci/* emptyDescriptor */.p$,
        layers: [{ mediaType: oci/* mediaTypes */.Ib.sigstoreBundle, digest: bundle.digest, size: bundle.size }],
        subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
        annotations: {
            'dev.sigstore.bundle.content': 'dsse-envelope',
            'dev.sigstore.bundle.predicateType': predicateType,
            'org.opencontainers.image.created': created,
        },
    };
    return {
        manifest: Buffer.from(JSON.stringify(manifest)),
        mediaType: oci/* mediaTypes */.Ib.manifest,
        bundle,
        config: oci/* emptyDescriptor */.p$,
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/registry/proof.js



/** The content as it is; fails at its end when digest or size are not those expected. */
async function* proving(content, expected) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const counted = { size: 0 };
    yield* measuring(hash, counted)(content);
    requireMatch(expected, (0,oci/* digestFromHex */.Ch)(hash.digest('hex')), counted.size);
}
const measuring = (hash, counted) => async function* (content) {
    for await (const chunk of content) {
        hash.update(chunk);
        counted.size += chunk.length;
        yield chunk;
    }
};
/** Bytes between two places from which the hash can go on. */
const markDistance = 8 << 20;
/**
 * `proving` for content that is begun again from an earlier place when it breaks off: the whole is hashed once, and only little
 * of it is opened again.
 * @returns opens the content from `start` on; it must have been handed out up to there before
 */
function provingAgain(expected, open) {
    const first = { at: 0, hash: (0,external_node_crypto_.createHash)('sha256') };
    const marks = [];
    return async function* (start) {
        while ((marks.at(-1)?.at ?? 0) > start)
            marks.pop();
        let mark = marks.at(-1) ?? first;
        let { at } = mark;
        const hash = mark.hash.copy();
        for await (const chunk of open(at)) {
            hash.update(chunk);
            const known = Math.max(0, start - at);
            at += chunk.length;
            if (at - mark.at >= markDistance) {
                mark = { at, hash: hash.copy() };
                marks.push(mark);
            }
            if (chunk.length > known)
                yield chunk.subarray(known);
        }
        requireMatch(expected, (0,oci/* digestFromHex */.Ch)(hash.digest('hex')), at);
    };
}
function requireMatch(expected, digest, size) {
    if (expected.digest === digest && expected.size === size)
        return;
    throw new runner/* UserError */.yo(`Digest mismatch: expected ${expected.digest} of ${expected.size} bytes, found ${digest} of ${size} bytes`, {
        hint: 'The bytes were changed or cut off on the way; do not use them.',
    });
}

;// CONCATENATED MODULE: ./build/source/src/registry/blobs.js









/** @param root of the layout; `blobs/sha256` must exist below it before a write */
function blobFolder(root) {
    // What was hashed once is hashed again only when its file changed.
    const proven = new Map();
    const pathOf = (digest) => (0,external_node_path_.join)(root, 'blobs', 'sha256', (0,oci/* hexOf */.ZD)(digest));
    const has = async (digest) => {
        const state = await stateOf(pathOf(digest));
        if (state === undefined)
            return false;
        if (proven.get(digest) === state)
            return true;
        const hash = (0,external_node_crypto_.createHash)('sha256');
        for await (const chunk of (0,external_node_fs_.createReadStream)(pathOf(digest), { highWaterMark: 1 << 20 }))
            hash.update(chunk);
        if (hash.digest('hex') !== (0,oci/* hexOf */.ZD)(digest))
            return false;
        proven.set(digest, state);
        return true;
    };
    const receive = async (content, expected) => {
        const temporary = (0,external_node_path_.join)(root, `.incoming-${(0,external_node_crypto_.randomUUID)()}`);
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const counted = { size: 0 };
        try {
            await (0,external_node_stream_promises_.pipeline)(content, measuring(hash, counted), (0,external_node_fs_.createWriteStream)(temporary, { flags: 'wx', flush: true }));
            const digest = (0,oci/* digestFromHex */.Ch)(hash.digest('hex'));
            if (expected)
                requireMatch(expected, digest, counted.size);
            if (!(await has(digest)))
                await (0,promises_.rename)(temporary, pathOf(digest));
            const state = await stateOf(pathOf(digest));
            if (state !== undefined)
                proven.set(digest, state);
            return { digest, size: counted.size };
        }
        finally {
            await (0,promises_.rm)(temporary, { force: true });
        }
    };
    return {
        has,
        async read(digest, limit) {
            const size = (await statOf(pathOf(digest)))?.size;
            if (size === undefined)
                return undefined;
            if (size > limit)
                throw new runner/* UserError */.yo(`${pathOf(digest)} is too large to be a manifest: ${size} bytes`);
            const bytes = await (0,promises_.readFile)(pathOf(digest));
            requireMatch({ digest, size: bytes.length }, (0,oci/* digestOfBytes */.by)(bytes), bytes.length);
            return bytes;
        },
        async stream(descriptor, start = 0) {
            const path = pathOf(descriptor.digest);
            if (start > 0 ? !(await has(descriptor.digest)) : (await statOf(path)) === undefined) {
                throw new runner/* UserError */.yo(`Blob not found in the layout ${root}: ${descriptor.digest}`, {
                    hint: 'The layout is incomplete; make or copy it again.',
                });
            }
            const content = (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 18, start });
            return start > 0 ? content : external_node_stream_.Readable.from(proving(content, descriptor), { objectMode: false });
        },
        async write(descriptor, open) {
            if (!(await has(descriptor.digest)))
                await receive(open(), descriptor);
        },
        add: (content) => receive(content),
    };
}
const statOf = (path) => (0,promises_.stat)(path).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        return undefined;
    throw error;
});
async function stateOf(path) {
    const found = await statOf(path);
    return found && `${found.ino} ${found.size} ${found.mtimeMs}`;
}

;// CONCATENATED MODULE: ./build/source/src/registry/layout-index.js





/** Annotation that names an entry of index.json; here `name:tag`. Source: OCI image layout, index.json. */
const referenceName = 'org.opencontainers.image.ref.name';
/** 64 MiB: more than a hundred thousand entries. */
const largestIndex = 1 << 26;
/**
 * Entries of the layout's index.json; none when there is no layout yet.
 * @throws UserError when the folder holds something else, or a file of it is malformed
 */
async function readEntries(root) {
    const marker = await readText((0,external_node_path_.join)(root, 'oci-layout'));
    if (marker === undefined)
        return [];
    requireVersion(marker, root);
    const text = await readText((0,external_node_path_.join)(root, 'index.json'));
    return text === undefined ? [] : (0,oci/* parseIndex */.A1)(Buffer.from(text), (0,external_node_path_.join)(root, 'index.json')).manifests;
}
/**
 * Makes the layout when there is none: `oci-layout` first, so that a folder without it is never taken for one.
 * @throws UserError when the folder holds something else
 */
async function createLayout(root) {
    const marker = await readText((0,external_node_path_.join)(root, 'oci-layout'));
    if (marker !== undefined)
        requireVersion(marker, root);
    try {
        if (marker === undefined) {
            const present = await (0,promises_.readdir)(root).catch(() => []);
            if (present.some((name) => !name.startsWith('.'))) {
                throw new runner/* UserError */.yo(`${root} is not an OCI image layout: it has files, but no 'oci-layout'`, {
                    hint: 'Name an empty or new folder.',
                });
            }
            await (0,promises_.mkdir)(root, { recursive: true });
            await replaceFile(root, 'oci-layout', '{"imageLayoutVersion":"1.0.0"}');
        }
        await (0,promises_.mkdir)((0,external_node_path_.join)(root, 'blobs', 'sha256'), { recursive: true });
        if ((await readText((0,external_node_path_.join)(root, 'index.json'))) === undefined)
            await writeEntries(root, []);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            throw error;
        throw new runner/* UserError */.yo(`Cannot write the image layout ${root}: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: 'Check that the folder is writable.',
            cause: error,
        });
    }
}
/** Writes index.json atomically: named entries by name, then the others by digest, so that order of work leaves no trace. */
async function writeEntries(root, entries) {
    const manifests = entries
        .map((entry) => [sortKey(entry), sortMembers(entry)])
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, entry]) => entry);
    const index = { schemaVersion: 2, mediaType: oci/* mediaTypes */.Ib.index, manifests };
    await replaceFile(root, 'index.json', `${JSON.stringify(index, null, 2)}\n`);
}
const nameOf = (entry) => entry.annotations?.[referenceName];
const sortKey = (entry) => `${nameOf(entry) === undefined ? 1 : 0} ${nameOf(entry) ?? ''} ${entry.digest}`;
function sortMembers({ mediaType, digest, size, annotations, ...others }) {
    const sorted = annotations && Object.entries(annotations).sort(([left], [right]) => (left < right ? -1 : 1));
    return { mediaType, digest, size, ...others, ...(sorted ? { annotations: Object.fromEntries(sorted) } : {}) };
}
function requireVersion(marker, root) {
    let version;
    try {
        version = JSON.parse(marker)?.imageLayoutVersion;
    }
    catch {
        // Reported below, as any other content.
    }
    if (version !== '1.0.0') {
        throw new runner/* UserError */.yo(`${root} is not an OCI image layout of version 1.0.0`, {
            hint: `Its file 'oci-layout' must hold {"imageLayoutVersion":"1.0.0"}.`,
        });
    }
}
async function readText(path) {
    try {
        if ((await (0,promises_.stat)(path)).size > largestIndex)
            throw new runner/* UserError */.yo(`${path} is too large`);
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes(error.code ?? ''))
            return undefined;
        throw error instanceof runner/* UserError */.yo ? error : new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    }
}
async function replaceFile(root, name, text) {
    const temporary = (0,external_node_path_.join)(root, `.incoming-${(0,external_node_crypto_.randomUUID)()}`);
    try {
        const file = await (0,promises_.open)(temporary, 'wx');
        try {
            await file.writeFile(text);
            await file.sync();
        }
        finally {
            await file.close();
        }
        await (0,promises_.rename)(temporary, (0,external_node_path_.join)(root, name));
    }
    finally {
        await (0,promises_.rm)(temporary, { force: true });
    }
}

;// CONCATENATED MODULE: ./build/source/src/registry/listing.js


/**
 * The pages of `tags/list` as one listing. One tag that is malformed does not hide the others.
 * Source: distribution specification 1.1, "Listing Tags"; Artifact Registry and Container Registry add `manifest`, a map of
 * every digest in the repository: `{"sha256:…": {"tag": ["v1"], "mediaType": …}}`.
 * @throws UserError when a page is no list of tags
 */
function parseListing(pages, address) {
    const parsed = pages.map((page) => parsePage(page, address));
    const listed = parsed.flatMap(({ tags }) => tags);
    const held = parsed.flatMap(({ manifests }) => [...(manifests ?? [])]);
    const tags = new Set();
    const malformed = new Set();
    for (const text of [...listed, ...held.flatMap(([, names]) => names)]) {
        const tag = tagOf(text);
        if (tag === undefined)
            malformed.add(text);
        else
            tags.add(tag);
    }
    const complete = parsed.length > 0 && parsed.every(({ manifests }) => manifests !== undefined);
    const listing = complete
        ? { tags, digests: digestsOf(held), manifests: new Set(held.map(([digest]) => digest)) }
        : { tags };
    return { listing, malformed: [...malformed] };
}
/** The tag that a text is, in a list that others wrote. */
function tagOf(text) {
    try {
        return (0,oci/* parseTag */.ED)(text);
    }
    catch {
        return undefined;
    }
}
/** A tag that two manifests claim was moved while the pages were read; then none of them counts. */
function digestsOf(held) {
    const digests = new Map();
    const moved = new Set();
    for (const [digest, names] of held) {
        for (const tag of names.map(tagOf)) {
            if (tag === undefined)
                continue;
            if (digests.has(tag) && digests.get(tag) !== digest)
                moved.add(tag);
            digests.set(tag, digest);
        }
    }
    for (const tag of moved)
        digests.delete(tag);
    return digests;
}
function parsePage(bytes, address) {
    let json;
    try {
        json = JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
    catch {
        // Reported below, as any other content.
    }
    // A repository without tags has `null` in some registries.
    const tags = isRecord(json) && 'tags' in json ? (json.tags ?? []) : undefined;
    if (!(isRecord(json) && Array.isArray(tags)))
        throw new runner/* UserError */.yo(`${address}: the list of tags is malformed`);
    return { tags: tags.filter(isText), manifests: isRecord(json.manifest) ? manifestsIn(json.manifest) : undefined };
}
function manifestsIn(map) {
    const manifests = new Map();
    for (const [digest, told] of Object.entries(map)) {
        if (!((0,oci/* isDigest */.Bc)(digest) && isRecord(told)))
            continue;
        manifests.set(digest, Array.isArray(told.tag) ? told.tag.filter(isText) : []);
    }
    return manifests;
}
const isText = (value) => typeof value === 'string';
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

;// CONCATENATED MODULE: ./build/source/src/registry/manifest.js



/** 4 MiB: the limit that the distribution specification asks registries to grant at least. */
const largestManifest = 4 << 20;
const mediaTypesOf = {
    index: [oci/* mediaTypes */.Ib.index, oci/* mediaTypes */.Ib.dockerManifestList],
    manifest: [oci/* mediaTypes */.Ib.manifest, oci/* mediaTypes */.Ib.dockerManifest],
};
/**
 * What image manifests and indexes have in common; a media type that is absent is told from the shape.
 * @throws UserError when the bytes are neither, or say that they are something else
 */
function parseAny(bytes, what) {
    const shape = shapeOf(bytes, what);
    const manifest = shape === 'index' ? (0,oci/* parseIndex */.A1)(bytes, what) : (0,oci/* parseManifest */.Ng)(bytes, what);
    const mediaType = manifest.mediaType ?? oci/* mediaTypes */.Ib[shape];
    if (!mediaTypesOf[shape].includes(mediaType))
        throw new runner/* UserError */.yo(`${what} has the shape of an ${shape}, but says it is ${mediaType}`);
    return {
        mediaType,
        artifactType: manifest.artifactType ?? ('config' in manifest ? manifest.config.mediaType : undefined),
        subject: manifest.subject,
        annotations: manifest.annotations ?? {},
    };
}
// A document that is both would be read as the one by some tools and as the other by others (CVE-2021-41190).
function shapeOf(bytes, what) {
    let json;
    try {
        json = JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
    catch {
        throw new runner/* UserError */.yo(`${what} is not JSON`);
    }
    const has = (member) => json !== null && typeof json === 'object' && member in json;
    if (has('manifests') && (has('layers') || has('config'))) {
        throw new runner/* UserError */.yo(`${what} is ambiguous: it has both 'manifests' and 'layers' or 'config'`);
    }
    return has('manifests') ? 'index' : 'manifest';
}
/** The descriptor that the referrers API gives. Source: OCI distribution specification 1.1, "Listing Referrers". */
function referrerOf({ descriptor, bytes }) {
    const { subject, artifactType, annotations } = parseAny(bytes, descriptor.digest);
    // A name in a referrer's own annotations would make a tag of it.
    const { [referenceName]: _, ...shown } = annotations;
    return {
        subject: subject?.digest,
        descriptor: {
            ...descriptor,
            ...(artifactType ? { artifactType } : {}),
            ...(Object.keys(shown).length > 0 ? { annotations: shown } : {}),
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/registry/layout.js








/**
 * The images called `name` in the OCI image layout at `path`, made at the first write; tags are `name:tag` in index.json.
 * Referrers are its entries without a name. Blobs belong to the layout, whatever the name.
 * Source: OCI image specification 1.1, image-layout.md.
 * @throws UserError from its methods, when the folder is no layout, or holds bytes that do not match their digest
 */
function openLayout(path, name) {
    const root = (0,external_node_path_.resolve)(path);
    const { blobs, exclusively, parsed } = sharedState(root);
    const nameWithTag = (tag) => `${name}:${tag}`;
    const readByDigest = async (digest) => {
        const bytes = await blobs.read(digest, largestManifest);
        if (!bytes)
            return undefined;
        const { mediaType } = parseAny(bytes, `${digest} in ${root}`);
        return { descriptor: { mediaType, digest, size: bytes.length }, bytes };
    };
    const readManifest = async (reference) => {
        if ((0,oci/* isDigest */.Bc)(reference))
            return readByDigest(reference);
        const named = (await readEntries(root)).filter((entry) => nameOf(entry) === nameWithTag(reference));
        const [entry] = named;
        if (!entry)
            return undefined;
        if (named.length > 1)
            throw new runner/* UserError */.yo(`index.json of ${root} has ${nameWithTag(reference)} more than once`);
        return readEntry(entry);
    };
    const readEntry = async (entry) => {
        const manifest = await readByDigest(entry.digest);
        if (!manifest)
            throw new runner/* UserError */.yo(`${nameOf(entry)} is not whole: ${root} lacks ${entry.digest}`);
        if (manifest.descriptor.size !== entry.size || manifest.descriptor.mediaType !== entry.mediaType) {
            throw new runner/* UserError */.yo(`index.json of ${root} misstates size or media type of ${nameOf(entry)}`);
        }
        return manifest;
    };
    /** A tag that is not whole is listed, but not what it holds: whoever asks for it hears what is wrong. */
    const list = async () => {
        const entries = new Map();
        for (const entry of await readEntries(root)) {
            const found = nameOf(entry);
            const tag = found?.startsWith(`${name}:`) ? tagOf(found.slice(name.length + 1)) : undefined;
            if (tag !== undefined)
                entries.set(tag, [...(entries.get(tag) ?? []), entry]);
        }
        const digests = new Map();
        for (const [tag, [entry, ...others]] of entries) {
            const whole = entry && others.length === 0 && (await readEntry(entry).catch(() => undefined));
            if (whole)
                digests.set(tag, whole.descriptor.digest);
        }
        return { tags: new Set(entries.keys()), digests };
    };
    const store = async (bytes, mediaType) => {
        const descriptor = { mediaType, digest: (0,oci/* digestOfBytes */.by)(bytes), size: bytes.length };
        if (bytes.length > largestManifest)
            throw new runner/* UserError */.yo(`A manifest of ${bytes.length} bytes is too large`);
        if (parseAny(bytes, descriptor.digest).mediaType !== mediaType) {
            throw new runner/* UserError */.yo(`${descriptor.digest} is not of the media type ${mediaType}`);
        }
        await exclusively(() => createLayout(root));
        await blobs.write(descriptor, () => external_node_stream_.Readable.from([bytes]));
        return descriptor;
    };
    /** Replaces the entries that `isReplaced` finds by one, and writes only when that changes something. */
    const enter = (entry, isReplaced) => exclusively(async () => {
        const entries = await readEntries(root);
        const replaced = entries.filter(isReplaced);
        if (replaced.length === 1 && replaced.every((other) => isSameContent(other, entry)))
            return;
        await writeEntries(root, [...entries.filter((other) => !isReplaced(other)), entry]);
    });
    const refersTo = async (entry) => {
        const known = parsed.get(entry.digest);
        if (known)
            return known;
        const manifest = await readByDigest(entry.digest);
        if (!manifest)
            throw new runner/* UserError */.yo(`${root} is not whole: it lacks ${entry.digest}, which index.json names`);
        const referrer = referrerOf(manifest);
        parsed.set(entry.digest, referrer);
        return referrer;
    };
    const writeReferrer = async (bytes, mediaType) => {
        const stored = await store(bytes, mediaType);
        const { subject, descriptor } = referrerOf({ descriptor: stored, bytes });
        if (subject === undefined)
            throw new runner/* UserError */.yo(`${descriptor.digest} refers to nothing: it has no 'subject'`);
        await enter(descriptor, (other) => other.digest === descriptor.digest && nameOf(other) === undefined);
        return descriptor;
    };
    return {
        address: `oci:${path}:${name}`,
        readManifest,
        headManifest: async (reference) => (await readManifest(reference))?.descriptor,
        async writeManifest(bytes, mediaType, tag) {
            const descriptor = await store(bytes, mediaType);
            if (tag !== undefined) {
                const entry = { ...descriptor, annotations: { [referenceName]: nameWithTag(tag) } };
                await enter(entry, (other) => nameOf(other) === nameWithTag(tag));
            }
            return descriptor;
        },
        list,
        listTags: async () => [...(await list()).tags].sort(),
        mayHaveReferrers: async () => true,
        async listReferrers(subject) {
            const found = [];
            for (const entry of await readEntries(root)) {
                if (nameOf(entry) !== undefined)
                    continue;
                const referrer = await refersTo(entry);
                if (referrer.subject === subject)
                    found.push(referrer.descriptor);
            }
            return found;
        },
        writeReferrer,
        async writeReferrers(referrers) {
            const written = [];
            for (const { bytes, mediaType } of referrers)
                written.push(await writeReferrer(bytes, mediaType));
            return written;
        },
        hasBlob: blobs.has,
        readBlob: blobs.stream,
        async writeBlob(descriptor, open) {
            await exclusively(() => createLayout(root));
            await blobs.write(descriptor, () => open(0));
        },
        async addBlob(content) {
            await exclusively(() => createLayout(root));
            return blobs.add(content);
        },
        removeReferrer: (digest) => exclusively(async () => {
            const entries = await readEntries(root);
            const kept = entries.filter((entry) => nameOf(entry) !== undefined || entry.digest !== digest);
            if (kept.length < entries.length)
                await writeEntries(root, kept);
        }),
        // Every name of a layout shares its blobs, so that there is nothing to take over.
        mountBlob: (digest) => blobs.has(digest),
    };
}
const states = new Map();
const isSameContent = (left, right) => left.digest === right.digest && left.size === right.size && left.mediaType === right.mediaType;
/** One state a layout folder, whatever the names under which it is open. */
function sharedState(root) {
    const known = states.get(root);
    if (known)
        return known;
    let last = Promise.resolve();
    const state = {
        blobs: blobFolder(root),
        exclusively: (change) => {
            const result = last.then(change, change);
            last = result;
            return result;
        },
        parsed: new Map(),
    };
    states.set(root, state);
    return state;
}

// EXTERNAL MODULE: ./build/source/src/http/index.js + 5 modules
var http = __webpack_require__(31306);
;// CONCATENATED MODULE: ./build/source/src/registry/failure.js

/** Longer answers than this are no error messages. */
const longestMessage = 64 << 10;
const hints = {
    401: "Log in with 'docker login', or give the job credentials for this host.",
    403: 'The account may not do this here; check its permissions on the repository.',
    413: 'The registry takes no document of this size.',
    429: 'The quota of the host is used up; run it again later, it goes on where it stopped.',
};
/** What a registry says went wrong, in one line: `HOST: WHAT: 403 DENIED: requested access to the resource is denied`. */
async function failure(response, host, what) {
    const said = await messageOf(response);
    const hint = hints[response.status];
    return new runner/* UserError */.yo(`${host}: ${what}: ${[response.status, said].filter(Boolean).join(' ')}`, hint ? { hint } : {});
}
/** Source: distribution specification, "Error Codes". */
async function messageOf(response) {
    const bytes = await readBounded(response, longestMessage);
    if (!bytes)
        return '';
    try {
        const json = JSON.parse(Buffer.from(bytes).toString('utf8'));
        if (typeof json !== 'object' || json === null || !('errors' in json) || !Array.isArray(json.errors))
            return '';
        return json.errors
            .slice(0, 3)
            .map(({ code, message }) => [code, message].filter(failure_isText).join(': '))
            .join('; ')
            .replace(/\s+/g, ' ')
            .slice(0, 300);
    }
    catch {
        return '';
    }
}
const failure_isText = (value) => typeof value === 'string' && value !== '';
/** The whole body of an answer; undefined when it is longer than the limit. */
async function readBounded(response, limit) {
    const chunks = [];
    let size = 0;
    for await (const chunk of chunksOf(response)) {
        size += chunk.length;
        if (size > limit)
            return undefined;
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
/** The body as it comes; leaving the loop early closes the connection. */
async function* chunksOf(response) {
    const reader = response.body?.getReader();
    if (!reader)
        return;
    try {
        for (let read = await reader.read(); !read.done; read = await reader.read())
            yield read.value;
    }
    finally {
        await reader.cancel().catch(() => undefined);
    }
}

;// CONCATENATED MODULE: ./build/source/src/registry/download.js



/** Answers that may break off one after the other without a new byte. */
const fruitlessTries = 5;
/**
 * The bytes of a blob from `start` on; an answer that breaks off goes on where it stopped. They are not proven.
 * Source: distribution specification, "Pulling blobs"; RFC 9110 §14.
 */
async function* downloadBlob(transport, name, { digest, size }, start, step, clock = http/* systemClock */.ml) {
    let at = start;
    let fruitless = 0;
    for (;;) {
        const response = await transport.send({
            url: `${name}/blobs/${digest}`,
            headers: at > 0 ? { range: `bytes=${at}-` } : {},
            scope: { name, actions: 'pull' },
            what: `read the blob ${digest} of ${name}`,
            expect: at > 0 ? [200, 206] : [200],
        });
        let known = at - beginning(response);
        if (!(known >= 0))
            throw new runner/* UserError */.yo(`${transport.host} answered with another part of the blob ${digest}`);
        const before = at;
        try {
            for await (const chunk of chunksOf(response)) {
                const fresh = chunk.subarray(Math.min(known, chunk.length));
                known -= chunk.length - fresh.length;
                at += fresh.length;
                if (fresh.length > 0)
                    yield fresh;
            }
            return;
        }
        catch (error) {
            step.signal.throwIfAborted();
            if (!(0,http/* isTransientError */.bV)(error))
                throw error;
            if (at >= size)
                return;
        }
        if (at > before)
            fruitless = 0;
        else if (++fruitless < fruitlessTries)
            await clock.sleep((0,http/* backoff */.JN)(fruitless, clock.random()), step.signal);
        else
            throw new runner/* UserError */.yo(`${transport.host}: cannot read the blob ${digest} of ${name}: the answer breaks off`);
    }
}
/** The byte that an answer begins with; not a number when it does not say. A server may send the whole in place of a part. */
function beginning(response) {
    if (response.status !== 206)
        return 0;
    return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]);
}

;// CONCATENATED MODULE: ./build/source/src/registry/hosts.js
/** Artifact Registry (`REGION-docker.pkg.dev`) and Container Registry (`gcr.io`, `REGION.gcr.io`). */
const isGoogleRegistry = (host) => /^(?:[a-z0-9-]+\.)*(?:pkg\.dev|gcr\.io)$/.test(host);

;// CONCATENATED MODULE: ./build/source/src/registry/pagination.js

const mostPages = 10_000;
/** A page of a list is a document of this size at most, in bytes. */
const largestPage = 16 << 20;
/** The answers to a request and to those that their `Link` headers lead to. @throws UserError when there is no end */
async function* readPages(transport, request) {
    let url = request.url;
    for (let count = 0; count < mostPages; count++) {
        const page = await transport.receive({ ...request, url }, largestPage);
        yield page;
        const next = page.response.ok ? nextPage(page.response.headers.get('link')) : undefined;
        if (next === undefined)
            return;
        url = transport.resolve(next, page.response);
    }
    throw new runner/* UserError */.yo(`${transport.host}: cannot ${request.what}: the list does not end`);
}
/**
 * The target of `rel="next"` in a `Link` header.
 * Source: RFC 8288; distribution specification, "Listing Tags" and "Listing Referrers".
 */
function nextPage(link) {
    for (const [, target, parameters = ''] of (link ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/g)) {
        if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters))
            return target;
    }
    return undefined;
}
/** The media type of an answer, without its parameters. */
const contentType = (response) => response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';

;// CONCATENATED MODULE: ./build/source/src/registry/fallback.js




const writeTries = 10;
/** Milliseconds between a write and its reading back: at least, at most the first time, and at most. */
const pauses = { shortest: 20, first: 250, longest: 4000 };
/** By `HOST/NAME@DIGEST`, for the whole process: whoever writes the same tag waits here. */
const waiting = new Map();
const running = new Map();
/** What this process has written to, whatever a listing says that is older. */
const touched = new Set();
function createFallback(access, step, clock = http/* systemClock */.ml) {
    /**
     * No registry says that a tag was changed between its reading and its writing, so that the last writer wins. Therefore each
     * waits until the others, who read the tag before this write, must have written too; and then reads back, and mends.
     */
    const write = async (subject, added, absent) => {
        const tag = fallbackTag(subject);
        const wanted = new Map(added.map((referrer) => [referrer.digest, referrer]));
        for (let tries = 1; tries <= writeTries; tries++) {
            const started = clock.now();
            const found = absent && tries === 1 ? nothing : await readTag(tag, access, step);
            const missing = [...wanted.values()].filter(({ digest }) => !found.referrers.has(digest));
            if (missing.length === 0 && !found.damaged)
                return;
            // What was once seen is kept too: another writer may have lost it.
            for (const [digest, referrer] of found.referrers)
                wanted.set(digest, referrer);
            await access.write(indexOf(wanted.values()), oci/* mediaTypes */.Ib.index, tag);
            await clock.sleep(pause(clock.now() - started, tries, clock.random()), step.signal);
        }
        const { referrers } = await readTag(tag, access, step);
        if (added.every(({ digest }) => referrers.has(digest)))
            return;
        throw new runner/* UserError */.yo(`${access.address}:${tag} does not keep what is written to it`, {
            hint: 'Another process writes referrers of the same image; run it again when that has ended.',
        });
    };
    return {
        list: async (subject, known) => lacks(known, subject) ? [] : [...(await readTag(fallbackTag(subject), access, step)).referrers.values()],
        add(subject, referrers, known) {
            const key = `${access.address}@${subject}`;
            const absent = lacks(known, subject) && !touched.has(key);
            touched.add(key);
            const batch = waiting.get(key);
            if (batch) {
                batch.referrers.push(...referrers);
                batch.absent &&= absent;
                return batch.written;
            }
            const before = running.get(key) ?? Promise.resolve();
            const written = before
                .catch(() => undefined)
                .then(() => {
                waiting.delete(key);
                return write(subject, added.referrers, added.absent);
            });
            const added = { referrers: [...referrers], absent, written };
            waiting.set(key, added);
            running.set(key, written);
            const clear = () => {
                if (running.get(key) === written)
                    running.delete(key);
            };
            written.then(clear, clear);
            return written;
        },
    };
}
/** `sha256:abc` → `sha256-abc`. */
const fallbackTag = (subject) => (0,oci/* parseTag */.ED)(`sha256-${(0,oci/* hexOf */.ZD)(subject)}`);
const lacks = (known, subject) => known !== undefined && !known.tags.has(fallbackTag(subject));
/** Twice the time that reading and writing took here, which is about what it takes others; longer with each loss. */
function pause(took, tries, random) {
    const base = Math.min(Math.max(2 * took, pauses.shortest), pauses.first);
    return Math.min(base * 2 ** (tries - 1), pauses.longest) * (1 + random);
}
const isFallbackTag = (tag) => /^sha256-[0-9a-f]{64}$/.test(tag);
const nothing = { referrers: new Map(), damaged: false };
async function readTag(tag, access, step) {
    const stored = await access.read(tag);
    if (!stored)
        return nothing;
    const referrers = referrersIn(stored);
    if (referrers)
        return { referrers: byDigest(referrers), damaged: false };
    step.log.warning(`${access.address}:${tag} is damaged: it holds no index of referrers; it is written anew with the next one`);
    return { referrers: byDigest(salvage(stored, tag)), damaged: true };
}
const byDigest = (referrers) => new Map(referrers.map((referrer) => [referrer.digest, referrer]));
function referrersIn(stored) {
    try {
        return (0,oci/* parseIndex */.A1)(stored.bytes, 'fallback tag').manifests;
    }
    catch {
        return undefined;
    }
}
// Some tools have put the referrer itself where the index belongs.
function salvage(stored, tag) {
    try {
        const { subject, descriptor } = referrerOf({
            ...stored,
            descriptor: { ...stored.descriptor, digest: (0,oci/* digestOfBytes */.by)(stored.bytes) },
        });
        return subject !== undefined && fallbackTag(subject) === tag ? [descriptor] : [];
    }
    catch {
        return [];
    }
}
/** Sorted by digest, so that the order of writing leaves no trace. */
function indexOf(referrers) {
    const manifests = [...referrers].sort((left, right) => (left.digest < right.digest ? -1 : 1));
    return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: oci/* mediaTypes */.Ib.index, manifests }));
}

;// CONCATENATED MODULE: ./build/source/src/registry/referrers.js





const hosts = new WeakMap();
const atOnce = 4;
/** Source: distribution specification 1.1, "Listing Referrers" and "Pushing Manifests with Subject". */
function createReferrers(access, step) {
    const { transport, name } = access;
    const host = hosts.get(transport) ?? { api: 'unknown' };
    hosts.set(transport, host);
    const fallback = createFallback(access.fallback, step);
    /** Undefined where the registry has no referrers API. */
    const request = async (subject) => {
        const found = [];
        const pages = readPages(transport, {
            url: `${name}/referrers/${subject}`,
            headers: { accept: oci/* mediaTypes */.Ib.index },
            scope: { name, actions: 'pull' },
            what: `list the referrers of ${subject} in ${name}`,
            expect: [200, 400, 404, 405],
        });
        for await (const { response, bytes } of pages) {
            // A registry that does not know the path may answer anything; the specification tells by the content type.
            if (response.status !== 200 || contentType(response) !== oci/* mediaTypes */.Ib.index) {
                if (host.api === 'present' || host.api === 'kept')
                    return [];
                // Some have the API and answer so for a repository or digest that they do not know yet.
                const unknown = /"(?:NAME|MANIFEST)_UNKNOWN"/.test(Buffer.from(bytes).toString('utf8'));
                if (!unknown)
                    host.api = 'absent';
                return undefined;
            }
            if (host.api !== 'kept')
                host.api = 'present';
            found.push(...(0,oci/* parseIndex */.A1)(bytes, `referrers of ${subject} in ${access.fallback.address}`).manifests);
        }
        return found;
    };
    const ask = async (subject) => {
        if (host.api === 'unknown' && host.probe !== undefined)
            await host.probe.catch(() => undefined);
        if (host.api === 'absent')
            return undefined;
        const asked = request(subject);
        host.probe ??= asked;
        return asked;
    };
    /** Makes what is stored findable. */
    const enter = async (subject, referrers, known) => {
        const listed = host.api === 'kept' ? referrers : ((await ask(subject)) ?? []);
        const missing = referrers.filter(({ digest }) => !listed.some((other) => other.digest === digest));
        // Some registries have the API, but do not say so when a referrer is written.
        if (missing.length > 0)
            await fallback.add(subject, missing, known);
        else
            host.api = 'kept';
    };
    return {
        list: async (subject, known) => (await ask(subject)) ?? fallback.list(subject, known),
        mayHave: async (subject, known) => (await ask(subject)) !== undefined || [...known.tags].some(isFallbackTag),
        async write(manifests, known) {
            const referrers = manifests.map(parseReferrer);
            await (0,runner/* mapConcurrently */.X2)(manifests, atOnce, async ({ bytes, mediaType }, index) => {
                const digest = referrers[index]?.descriptor.digest;
                if (digest && known?.manifests?.has(digest))
                    return;
                // The header says that the registry itself keeps the list.
                if ((await access.write(bytes, mediaType)).has('oci-subject'))
                    host.api = 'kept';
            });
            const subjects = Map.groupBy(referrers, ({ subject }) => subject);
            await (0,runner/* mapConcurrently */.X2)([...subjects], atOnce, ([subject, entries]) => enter(subject, entries.map(({ descriptor }) => descriptor), known));
            return referrers.map(({ descriptor }) => descriptor);
        },
    };
}
function parseReferrer({ bytes, mediaType }) {
    const stored = { mediaType, digest: (0,oci/* digestOfBytes */.by)(bytes), size: bytes.length };
    const { subject, descriptor } = referrerOf({ descriptor: stored, bytes });
    if (subject === undefined)
        throw new runner/* UserError */.yo(`${descriptor.digest} refers to nothing: it has no 'subject'`);
    return { subject, descriptor };
}

;// CONCATENATED MODULE: ./build/source/src/registry/resumable-upload.js


/** Answers one after the other after which the registry has no more than before. */
const resumable_upload_fruitlessTries = 3;
/**
 * Sends a blob into an open session. When the connection breaks, the registry is asked how much it has, and the rest is sent. Each
 * request sends all that is missing and so is the last chunk, to which `OCI-Chunk-Min-Length` does not apply; the first one comes
 * as docker sends it, which every registry takes.
 * @returns the place that closes the upload; undefined when the registry has dropped the session
 * Source: distribution specification 1.1, "Pushing a blob in chunks".
 */
async function sendResumably(transport, name, place, descriptor, open) {
    const { digest, size } = descriptor;
    const contentFrom = provingAgain(descriptor, open);
    const common = { scope: { name, actions: 'pull,push' }, what: `write the blob ${digest} to ${name}` };
    const sessionOf = (response, at) => {
        const location = response.headers.get('location');
        return { place: location === null ? place : transport.resolve(location, response), at };
    };
    /** Undefined when it is not known what became of it. */
    const sendRest = async ({ place: url, at }) => {
        const request = {
            ...common,
            method: 'PATCH',
            url,
            headers: {
                'content-type': 'application/octet-stream',
                ...(at > 0 ? { 'content-range': `${at}-${size - 1}` } : {}),
            },
            body: () => contentFrom(at),
            contentLength: size - at,
            repeatable: false,
            expect: [...accepted, 400, 404, 405, 408, 416, 500, 501, 502, 503, 504],
        };
        try {
            const response = await transport.send(request);
            await response.body?.cancel();
            return accepted.includes(response.status) ? sessionOf(response, received(response) ?? size) : undefined;
        }
        catch (error) {
            if (error instanceof http/* ConnectionError */.Rc)
                return undefined;
            throw error;
        }
    };
    const look = async ({ place: url }) => {
        const response = await transport.send({ ...common, url, expect: [...accepted, 400, 404, 405, 416] });
        await response.body?.cancel();
        const at = accepted.includes(response.status) ? received(response) : undefined;
        return at === undefined ? undefined : sessionOf(response, at);
    };
    let session = { place, at: 0 };
    let fruitless = 0;
    while (session.at < size) {
        const next = (await sendRest(session)) ?? (await look(session));
        if (!next || next.at > size)
            return undefined;
        fruitless = next.at > session.at ? 0 : fruitless + 1;
        if (fruitless >= resumable_upload_fruitlessTries)
            return undefined;
        session = next;
    }
    return session.place;
}
const accepted = [200, 201, 202, 204];
/** The bytes that the registry has: `Range: 0-N`; `0-0` means none. */
function received(response) {
    const [, last] = /^(?:bytes=)?0-(\d+)$/.exec(response.headers.get('range') ?? '') ?? [];
    if (last === undefined)
        return undefined;
    return last === '0' ? 0 : Number(last) + 1;
}

;// CONCATENATED MODULE: ./build/source/src/registry/upload.js



/** A blob larger than this is asked for before it is sent, even where a mount from its own repository is not understood. */
const askFirst = 8 << 20;
/** A blob larger than this is sent so that it goes on where a connection broke, which takes a request more. */
const resumableFrom = 32 << 20;
const uploadTries = 3;
const shared = new WeakMap();
/**
 * One for each repository in a step, whoever opens it: two who send the same blob at once disturb each other. docker-registry
 * refuses a manifest with MANIFEST_BLOB_UNKNOWN while another client writes a blob that it names once more.
 */
function sharedUploads(transport, name) {
    const repositories = shared.get(transport) ?? new Map();
    shared.set(transport, repositories);
    const uploads = repositories.get(name) ?? createUploads(transport, name);
    repositories.set(name, uploads);
    return uploads;
}
/** Source: distribution specification, "Pushing a blob monolithically" and "Mounting a blob from another repository". */
function createUploads(transport, name) {
    // What was once found or sent is not asked for again in this step.
    const present = new Set();
    const underWay = new Map();
    const sessions = new Map();
    const push = { name, actions: 'pull,push' };
    const has = async (digest) => {
        if (present.has(digest))
            return true;
        const response = await transport.send({
            method: 'HEAD',
            url: `${name}/blobs/${digest}`,
            scope: { name, actions: 'pull' },
            what: `look for the blob ${digest} in ${name}`,
            expect: [200, 404],
        });
        if (response.status === 200)
            present.add(digest);
        return response.status === 200;
    };
    /** One request that mounts the blob, or else opens a session to send it in. */
    const mount = async (digest, from) => {
        if (present.has(digest))
            return true;
        const response = await transport.send({
            method: 'POST',
            url: `${name}/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`,
            headers: { 'content-length': '0' },
            scope: from === name ? push : { ...push, mountFrom: from },
            what: `mount the blob ${digest} from ${from} in ${name}`,
            expect: [201, 202],
        });
        await response.body?.cancel();
        if (response.status === 201)
            present.add(digest);
        else
            sessions.set(digest, sessionOf(response));
        return response.status === 201;
    };
    const sessionOf = (response) => {
        const location = response.headers.get('location');
        if (location === null)
            throw new runner/* UserError */.yo(`${transport.host}: no place to upload to was given for ${name}`);
        return transport.resolve(location, response);
    };
    /** Closes a session, with the whole content or after it. False when the session is lost. */
    const put = async (session, { digest, size }, body) => {
        // The place has a state of its own in its query, which must come back unchanged.
        const url = new URL(session);
        url.search = `${url.search === '' ? '?' : `${url.search}&`}digest=${encodeURIComponent(digest)}`;
        const response = await transport.send({
            method: 'PUT',
            url,
            ...(body
                ? { headers: { 'content-type': 'application/octet-stream' }, body, contentLength: size }
                : { headers: { 'content-length': '0' } }),
            scope: push,
            what: `write the blob ${digest} to ${name}`,
            // A session that was interrupted can be gone (404), or half full (400, 416).
            expect: [200, 201, 202, 204, 400, 404, 416],
        });
        const answered = response.headers.get('docker-content-digest');
        await response.body?.cancel();
        if (response.status >= 400)
            return false;
        if (answered?.startsWith('sha256:') && answered !== digest) {
            throw new runner/* UserError */.yo(`${transport.host} stored ${answered} in ${name} where ${digest} was sent`);
        }
        return true;
    };
    /** True when the blob was sent and the session closed. */
    const fill = async (session, descriptor, open, resumably) => {
        if (!resumably)
            return put(session, descriptor, () => proving(open(0), descriptor));
        const full = await sendResumably(transport, name, session, descriptor, open);
        return full !== undefined && put(full, descriptor);
    };
    const send = async (descriptor, open) => {
        const { digest, size } = descriptor;
        if (size > askFirst && (await has(digest)))
            return;
        for (let tries = 1; tries <= uploadTries; tries++) {
            // A mount from the repository itself finds what is there and else opens the session: one request instead of two.
            if (!sessions.has(digest) && (await mount(digest, name)))
                return;
            const session = sessions.get(digest);
            sessions.delete(digest);
            // A registry that loses a session once is better sent the whole in one request.
            if (session && (await fill(session, descriptor, open, tries === 1 && size > resumableFrom))) {
                present.add(digest);
                return;
            }
            // The answer to a PUT that did its work may have been lost.
            if (await has(digest))
                return;
        }
        throw new runner/* UserError */.yo(`${transport.host}: the blob ${digest} cannot be written to ${name}: each upload was refused`);
    };
    return {
        has,
        mount,
        async write(descriptor, open) {
            if (present.has(descriptor.digest))
                return;
            const sent = underWay.get(descriptor.digest) ?? send(descriptor, open);
            underWay.set(descriptor.digest, sent);
            await sent.finally(() => underWay.delete(descriptor.digest));
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/registry/distribution.js












const manifestTypes = [
    oci/* mediaTypes */.Ib.index,
    oci/* mediaTypes */.Ib.manifest,
    oci/* mediaTypes */.Ib.dockerManifestList,
    oci/* mediaTypes */.Ib.dockerManifest,
].join(', ');
const manifestTries = 4;
/**
 * A repository in a registry.
 * Source: OCI distribution specification 1.1.
 * @throws UserError from its methods, with what the registry said
 */
function openDistribution(transport, name, step) {
    const address = `${transport.host}/${name}`;
    const pull = { name, actions: 'pull' };
    const push = { name, actions: 'pull,push' };
    const uploads = sharedUploads(transport, name);
    const readBytes = async (reference) => {
        const request = {
            url: `${name}/manifests/${reference}`,
            headers: { accept: manifestTypes },
            scope: pull,
            what: `read the manifest ${reference} of ${name}`,
            expect: [200, 404],
        };
        const { response, bytes } = await transport.receive(request, largestManifest);
        if (response.status === 404)
            return undefined;
        const digest = (0,oci/* digestOfBytes */.by)(bytes);
        const expected = (0,oci/* isDigest */.Bc)(reference) ? reference : (claimedDigest(response) ?? digest);
        if (digest !== expected) {
            throw new runner/* UserError */.yo(`${address}: digest mismatch: expected the manifest ${expected}, got ${digest}`, {
                hint: 'The bytes were changed on the way or in the registry; do not use them.',
            });
        }
        return { descriptor: { mediaType: contentType(response), digest, size: bytes.length }, bytes };
    };
    const readManifest = async (reference) => {
        const stored = await readBytes(reference);
        if (!stored)
            return undefined;
        // The document's own word counts: the digest speaks for it, and not for a header.
        const { mediaType } = parseAny(stored.bytes, `${address}@${stored.descriptor.digest}`);
        return { ...stored, descriptor: { ...stored.descriptor, mediaType } };
    };
    const headManifest = async (reference) => {
        const response = await transport.send({
            method: 'HEAD',
            url: `${name}/manifests/${reference}`,
            headers: { accept: manifestTypes },
            scope: pull,
            what: `look for the manifest ${reference} in ${name}`,
            expect: [200, 404],
        });
        if (response.status === 404)
            return undefined;
        const digest = (0,oci/* isDigest */.Bc)(reference) ? reference : claimedDigest(response);
        const size = Number(response.headers.get('content-length') ?? Number.NaN);
        // Both headers are optional in the specification.
        if (digest === undefined || !Number.isSafeInteger(size))
            return (await readManifest(reference))?.descriptor;
        return { mediaType: contentType(response), digest, size };
    };
    /** docker-registry knows a blob not for a moment while another client writes the same one. */
    const patiently = async (write) => {
        for (let tries = 1;; tries++) {
            try {
                return await write();
            }
            catch (error) {
                if (tries === manifestTries || !(error instanceof runner/* UserError */.yo && /MANIFEST_BLOB_UNKNOWN/.test(error.message))) {
                    throw error;
                }
                await http/* systemClock */.ml.sleep(100 * tries * (1 + http/* systemClock */.ml.random()), step.signal);
            }
        }
    };
    const putManifest = async (bytes, mediaType, reference) => {
        const descriptor = { mediaType, digest: (0,oci/* digestOfBytes */.by)(bytes), size: bytes.length };
        if (bytes.length > largestManifest)
            throw new runner/* UserError */.yo(`A manifest of ${bytes.length} bytes is too large`);
        if (parseAny(bytes, descriptor.digest).mediaType !== mediaType) {
            throw new runner/* UserError */.yo(`${descriptor.digest} is not of the media type ${mediaType}`);
        }
        const target = reference ?? descriptor.digest;
        const response = await patiently(() => transport.send({
            method: 'PUT',
            url: `${name}/manifests/${target}`,
            headers: { 'content-type': mediaType },
            body: bytes,
            scope: push,
            what: `write the manifest ${target} to ${name}`,
            expect: [200, 201, 202],
        }));
        await response.body?.cancel();
        const stored = claimedDigest(response) ?? (await headManifest(target))?.digest;
        if (stored !== descriptor.digest) {
            throw new runner/* UserError */.yo(`${address}: wrote the manifest ${descriptor.digest} to ${target}, but ${stored ?? 'nothing'} is there`);
        }
        return { descriptor, response };
    };
    const referrers = createReferrers({
        transport,
        name,
        fallback: {
            address,
            read: readBytes,
            write: async (bytes, mediaType, tag) => (await putManifest(bytes, mediaType, tag)).descriptor,
        },
        write: async (bytes, mediaType) => (await putManifest(bytes, mediaType)).response.headers,
    }, step);
    const list = async () => {
        const request = {
            url: `${name}/tags/list?n=${tagsOnPage(transport.host)}`,
            scope: pull,
            what: `list the tags of ${name}`,
            expect: [200, 404],
        };
        const found = [];
        for await (const page of readPages(transport, request))
            if (page.response.status === 200)
                found.push(page.bytes);
        const { listing, malformed } = parseListing(found, address);
        if (malformed.length > 0) {
            step.log.warning(`${address} lists what is no tag, and is passed over: ${JSON.stringify(malformed.slice(0, 3))}`);
        }
        return listing;
    };
    return {
        address,
        headManifest,
        readManifest,
        writeManifest: async (bytes, mediaType, tag) => (await putManifest(bytes, mediaType, tag)).descriptor,
        list,
        listTags: async () => [...(await list()).tags].sort(),
        mayHaveReferrers: referrers.mayHave,
        listReferrers: referrers.list,
        async writeReferrer(bytes, mediaType) {
            const [written] = await referrers.write([{ bytes, mediaType }]);
            if (!written)
                throw new Error('one referrer was to be written');
            return written;
        },
        writeReferrers: referrers.write,
        hasBlob: uploads.has,
        async readBlob(descriptor, start = 0) {
            const content = downloadBlob(transport, name, descriptor, start, step);
            return external_node_stream_.Readable.from(start > 0 ? content : proving(content, descriptor), { objectMode: false });
        },
        writeBlob: uploads.write,
        async mountBlob(digest, from) {
            const other = from.address.startsWith(`${transport.host}/`)
                ? from.address.slice(transport.host.length + 1)
                : undefined;
            return other !== undefined && uploads.mount(digest, other);
        },
    };
}
/** Most registries grant no more than 1000; Google's send 10 000, so that all but the largest repositories are one page. */
const tagsOnPage = (host) => (isGoogleRegistry(host) ? 10_000 : 1000);
function claimedDigest(response) {
    const claimed = response.headers.get('docker-content-digest');
    return claimed !== null && (0,oci/* isDigest */.Bc)(claimed) ? claimed : undefined;
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./build/source/src/registry/challenge.js
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(`^\\s*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))\\s*(?:,|$)`);
const scheme = new RegExp(`^[\\s,]*(${token})(?:\\s+|\\s*,|$)`);
/** The challenges of a header, in its order; what cannot be read ends the list. */
function parseChallenges(header) {
    const challenges = [];
    let rest = header;
    for (let match = scheme.exec(rest); match?.[1]; match = scheme.exec(rest)) {
        const parameters = {};
        challenges.push({ scheme: match[1].toLowerCase(), parameters });
        rest = rest.slice(match[0].length);
        for (let found = parameter.exec(rest); found?.[1]; found = parameter.exec(rest)) {
            parameters[found[1].toLowerCase()] = found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? '';
            rest = rest.slice(found[0].length);
        }
    }
    return challenges;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/source/src/cloud/index.js + 2 modules
var cloud = __webpack_require__(76894);
;// CONCATENATED MODULE: ./build/source/src/registry/cloud-credentials.js


/**
 * The identity that the surroundings have in the cloud of a registry: Google's for Artifact Registry and Container Registry,
 * Amazon's for ECR. Undefined where the registry is no such one, or there is no identity.
 * @throws UserError when the cloud does not take the credentials that are there
 */
async function cloudCredentials(host, step) {
    if (cloud_credentials_isGoogleRegistry(host)) {
        const found = await (0,cloud/* googleToken */.b)(step);
        return found && { kind: 'basic', username: 'oauth2accesstoken', password: found.token, expires: found.expires };
    }
    const region = regionOfAmazonRegistry(host);
    return region === undefined ? undefined : amazonCredentials(host, region, step);
}
/** `gcr.io`, `eu.gcr.io`, `europe-west1-docker.pkg.dev`. */
const cloud_credentials_isGoogleRegistry = (host) => /^(?:(?:[a-z0-9-]+\.)?gcr\.io|(?:[a-z0-9-]+-)?docker\.pkg\.dev)$/.test(host);
/** Of `ACCOUNT.dkr.ecr.REGION.amazonaws.com` and its variants for FIPS and China. */
const regionOfAmazonRegistry = (host) => /^\d{12}\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(host)?.groups
    ?.region;
async function amazonCredentials(host, region, step) {
    const { ECRClient, GetAuthorizationTokenCommand } = await Promise.all(/* import() */[__webpack_require__.e(5861), __webpack_require__.e(8249)]).then(__webpack_require__.t.bind(__webpack_require__, 28249, 19));
    const endpoint = step.environment.AWS_ENDPOINT_URL_ECR || step.environment.AWS_ENDPOINT_URL;
    const client = new ECRClient({ region, ...(0,cloud/* amazonAccess */.T)(step), ...(endpoint ? { endpoint } : {}) });
    try {
        const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}), {
            abortSignal: step.signal,
        });
        const [found] = authorizationData ?? [];
        const [username = '', password = ''] = Buffer.from(found?.authorizationToken ?? '', 'base64')
            .toString()
            .split(':', 2);
        if (username === '' || password === '')
            throw new Error('the answer has no token');
        return { kind: 'basic', username, password, expires: found?.expiresAt?.getTime() };
    }
    catch (error) {
        step.signal.throwIfAborted();
        if (!hasAmazonIdentity(step, error))
            return undefined;
        throw new runner/* UserError */.yo(`ECR in ${region} gives no token for ${host}: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: 'The profile or role that is named here must exist and have ecr:GetAuthorizationToken; or log in with docker.',
        });
    }
    finally {
        client.destroy();
    }
}
/** False where the SDK's chain came to its end, and nobody named a source that should have had some: then one is anonymous. */
function hasAmazonIdentity({ environment }, error) {
    const named = environment.AWS_PROFILE ||
        environment.AWS_WEB_IDENTITY_TOKEN_FILE ||
        environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI ||
        environment.AWS_CONTAINER_CREDENTIALS_FULL_URI;
    // A link of the chain that has credentials, but not good ones, fails by the same name with a reason of its own.
    return Boolean(named) || !(0,runner/* describeError */.Uc)(error).startsWith('Could not load credentials from any providers');
}

;// CONCATENATED MODULE: ./build/source/src/registry/docker-config.js



/** The name under which docker keeps the credentials of Docker Hub. */
const dockerHubServer = 'https://index.docker.io/v1/';
/**
 * What docker's config.json has for a registry host: by its helper for the host, its own entry, or its store.
 * @throws UserError when the config is malformed or a helper fails
 */
async function dockerCredentials(host, step) {
    const config = await readDockerConfig(step);
    const server = host === 'docker.io' ? dockerHubServer : host;
    const helper = config?.credHelpers[host];
    return ((helper === undefined ? undefined : await askHelper(helper, server, step)) ??
        (config && storedCredentials(config, host)) ??
        (config?.credsStore === undefined ? undefined : await askHelper(config.credsStore, server, step)));
}
async function readDockerConfig(step) {
    const { DOCKER_CONFIG, HOME, USERPROFILE } = step.environment;
    const home = HOME || USERPROFILE;
    if (!(DOCKER_CONFIG || home))
        return undefined;
    const path = (0,external_node_path_.join)(DOCKER_CONFIG || (0,external_node_path_.join)(home ?? '', '.docker'), 'config.json');
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return undefined;
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    }
    try {
        const json = JSON.parse(text);
        if (!docker_config_isRecord(json))
            throw new Error('it is not an object');
        const { auths, credHelpers, credsStore } = json;
        return {
            auths: Object.fromEntries(Object.entries(docker_config_isRecord(auths) ? auths : {}).filter(hasRecordValue)),
            credHelpers: Object.fromEntries(Object.entries(docker_config_isRecord(credHelpers) ? credHelpers : {}).filter(hasTextValue)),
            credsStore: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
        };
    }
    catch {
        // The parser's message would quote the file, which holds passwords.
        throw new runner/* UserError */.yo(`${path} is not docker's config.json`, { hint: 'Mend it, or log in again.' });
    }
}
const docker_config_isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const hasRecordValue = (entry) => docker_config_isRecord(entry[1]);
const hasTextValue = (entry) => typeof entry[1] === 'string';
function storedCredentials(config, host) {
    const servers = [host, `https://${host}`, `https://${host}/`, `https://${host}/v1/`, `https://${host}/v2/`];
    for (const server of host === 'docker.io' ? [dockerHubServer, ...servers] : servers) {
        const entry = config.auths[server];
        const credentials = entry && credentialsOf(entry);
        if (credentials)
            return credentials;
    }
    return undefined;
}
function credentialsOf(entry) {
    if (typeof entry.identitytoken === 'string' && entry.identitytoken !== '') {
        return { kind: 'identity token', token: entry.identitytoken };
    }
    if (typeof entry.auth === 'string' && entry.auth !== '') {
        const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
        const colon = decoded.indexOf(':');
        if (colon < 1)
            return undefined;
        return { kind: 'basic', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
    }
    if (typeof entry.username === 'string' && typeof entry.password === 'string' && entry.username !== '') {
        return { kind: 'basic', username: entry.username, password: entry.password };
    }
    return undefined;
}
/** Source: docker-credential-helpers, "Development". */
async function askHelper(name, server, step) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
        throw new runner/* UserError */.yo(`'${name}' in docker's config.json is not the name of a credential helper`);
    }
    const command = `docker-credential-${name}`;
    const result = await (0,runner/* runCommand */.d1)(command, ['get'], {
        input: server,
        environment: step.environment,
        signal: step.signal,
        allowFailure: true,
    });
    if (result.exitCode !== 0) {
        // The protocol has no exit code for "none"; its programs share this sentence.
        if (/credentials not found/i.test(result.stdout + result.stderr))
            return undefined;
        throw new runner/* UserError */.yo(`${command} failed for ${server}: ${result.stderr.trim() || `exit code ${result.exitCode}`}`);
    }
    const answer = parseAnswer(result.stdout);
    if (!answer)
        throw new runner/* UserError */.yo(`${command} did not answer with credentials for ${server}`);
    // Username `<token>` says that the secret is an identity token.
    return answer.username === '<token>'
        ? { kind: 'identity token', token: answer.secret }
        : { kind: 'basic', username: answer.username, password: answer.secret };
}
function parseAnswer(text) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (!docker_config_isRecord(json))
        return undefined;
    const { Username: username, Secret: secret } = json;
    return typeof username === 'string' && typeof secret === 'string' ? { username, secret } : undefined;
}

;// CONCATENATED MODULE: ./build/source/src/registry/credentials.js


/**
 * Credentials for a registry host: from docker's config.json, which somebody wrote for this very registry; else the job's
 * token where the host is GitHub's registry, and the identity that the surroundings have in the registry's cloud; undefined
 * to be anonymous.
 * @throws UserError when the config is malformed, a helper fails or a cloud does not take the credentials
 */
async function findCredentials(host, step) {
    const found = (await dockerCredentials(host, step)) ?? jobToken(host, step) ?? (await cloudCredentials(host, step));
    if (found)
        step.secret(found.kind === 'basic' ? found.password : found.token);
    return found;
}
function jobToken(host, step) {
    const { GITHUB_TOKEN, GITHUB_ACTOR } = step.environment;
    if (!(step.onGitHub && host === 'ghcr.io' && GITHUB_TOKEN))
        return undefined;
    return { kind: 'basic', username: GITHUB_ACTOR || 'x-access-token', password: GITHUB_TOKEN };
}

;// CONCATENATED MODULE: ./build/source/src/registry/held-credentials.js


function holdCredentials(host, step) {
    let held;
    let search;
    // All who need them at once share one search, as a helper is a process and a cloud has a quota.
    const find = () => {
        search ??= findCredentials(host, step)
            .then((credentials) => {
            held = { credentials };
            return credentials;
        })
            .finally(() => {
            search = undefined;
        });
        return search;
    };
    return {
        async current() {
            return held && !isStale(held.credentials, step) ? held.credentials : find();
        },
        async insteadOf(refused) {
            const replaced = held && !(0,external_node_util_.isDeepStrictEqual)(held.credentials, refused);
            const found = replaced ? held?.credentials : await find();
            return (0,external_node_util_.isDeepStrictEqual)(found, refused) ? undefined : found;
        },
    };
}
/** Half a minute before its end a token is as good as expired. */
const isStale = (credentials, step) => credentials?.kind === 'basic' &&
    credentials.expires !== undefined &&
    credentials.expires - 30_000 < step.now().getTime();

;// CONCATENATED MODULE: ./build/source/src/registry/authorization.js




/**
 * The basic and bearer flows of the distribution specification. Credentials go to the host itself, and to the token
 * service that it names, which must be reached by TLS when the host is.
 */
function createAuthorizer(host, plain, step) {
    let scheme;
    const credentials = holdCredentials(host, step);
    const tokens = new Map();
    const underWay = new Map();
    const tokenFor = async (scope, realm, service) => {
        const scopes = scopesOf(scope);
        const key = scopes.join(' ');
        // A token to push serves to pull as well.
        for (const usable of new Set([key, scopesOf({ ...scope, actions: 'pull,push' }).join(' ')])) {
            const token = (await underWay.get(usable)?.catch(() => undefined)) ?? tokens.get(usable);
            if (token && token.expires > step.now().getTime())
                return token.header;
        }
        // Nothing is awaited between the question and the answer, so that all who need a new token at once ask for one.
        const asked = underWay.get(key) ?? requestToken({ host, realm, service, scopes, step }, credentials);
        underWay.set(key, asked);
        try {
            const token = await asked;
            tokens.set(key, token);
            return token.header;
        }
        finally {
            if (underWay.get(key) === asked)
                underWay.delete(key);
        }
    };
    const headerFor = async (scope) => {
        if (scheme?.kind === 'bearer')
            return tokenFor(scope, scheme.realm, scheme.service);
        if (scheme?.kind !== 'basic')
            return undefined;
        return headerOf(await credentials.current());
    };
    return {
        current: headerFor,
        async answer(wwwAuthenticate, scope, refused) {
            scheme = chooseScheme(parseChallenges(wwwAuthenticate ?? ''), host, plain);
            for (const [key, token] of tokens)
                if (token.header === refused)
                    tokens.delete(key);
            const header = await headerFor(scope);
            if (header !== refused)
                return header;
            if (scheme?.kind !== 'basic' || refused === undefined)
                return undefined;
            return headerOf(await credentials.insteadOf(await credentials.current()));
        },
    };
}
function scopesOf({ name, actions, mountFrom }) {
    return [`repository:${name}:${actions}`, ...(mountFrom === undefined ? [] : [`repository:${mountFrom}:pull`])];
}
function chooseScheme(challenges, host, plain) {
    const bearer = challenges.find((challenge) => challenge.scheme === 'bearer');
    if (bearer) {
        const text = bearer.parameters.realm ?? '';
        if (!URL.canParse(text))
            throw new runner/* UserError */.yo(`${host} names no token service in its challenge`);
        const realm = new URL(text);
        if (realm.protocol !== 'https:' && !(plain && realm.protocol === 'http:')) {
            throw new runner/* UserError */.yo(`${host} names a token service without TLS: ${realm.protocol}//${realm.host}`);
        }
        return { kind: 'bearer', realm, service: bearer.parameters.service };
    }
    return challenges.some((challenge) => challenge.scheme === 'basic') ? { kind: 'basic' } : undefined;
}
async function requestToken(request, credentials) {
    const { host, realm, step } = request;
    const shown = await credentials.current();
    let response = await askTokenService(request, shown);
    if (response.status === 401 && shown !== undefined) {
        const other = await credentials.insteadOf(shown);
        if (other !== undefined) {
            await response.body?.cancel();
            response = await askTokenService(request, other);
        }
    }
    if (!response.ok)
        throw await failure(response, realm.host, `token for ${host}`);
    const token = tokenIn(await response.json().catch(() => undefined));
    if (!token)
        throw new runner/* UserError */.yo(`${realm.host} answered without a token for ${host}`);
    step.secret(token.value);
    // 60 s where nothing is said, by the specification; a tenth is kept in reserve.
    return { header: `Bearer ${token.value}`, expires: step.now().getTime() + (token.seconds ?? 60) * 900 };
}
/** Source: distribution "Token Authentication Specification" and, for an identity token, "OAuth2 Token Authentication". */
async function askTokenService({ realm, service, scopes, step }, credentials) {
    const parameters = new URLSearchParams(service === undefined ? {} : { service });
    if (credentials?.kind === 'identity token') {
        parameters.set('scope', scopes.join(' '));
        parameters.set('client_id', 'k8s-release');
        parameters.set('grant_type', 'refresh_token');
        parameters.set('refresh_token', credentials.token);
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return step.http.request({ method: 'POST', url: realm, headers, body: parameters.toString() });
    }
    for (const scope of scopes)
        parameters.append('scope', scope);
    const url = new URL(realm);
    for (const [name, value] of parameters)
        url.searchParams.append(name, value);
    const authorization = headerOf(credentials);
    return step.http.request({ url, headers: authorization === undefined ? {} : { authorization } });
}
function tokenIn(json) {
    if (typeof json !== 'object' || json === null)
        return undefined;
    const named = 'token' in json ? json.token : 'access_token' in json ? json.access_token : undefined;
    if (typeof named !== 'string' || !/^[\x21-\x7e]+$/.test(named))
        return undefined;
    const seconds = 'expires_in' in json && typeof json.expires_in === 'number' ? json.expires_in : undefined;
    return { value: named, seconds };
}
function headerOf(credentials) {
    if (credentials?.kind !== 'basic')
        return undefined;
    return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

;// CONCATENATED MODULE: ./build/source/src/registry/transport.js




const receiveTries = 3;
const authorizers = new WeakMap();
/** @param plainHttp hosts to speak plain HTTP to; loopback always is */
function openTransport(host, plainHttp, step) {
    const plain = isLoopback(host) || plainHttp.includes(host);
    const base = new URL(`${plain ? 'http' : 'https'}://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/`);
    const authorizer = sharedAuthorizer(host, plain, step);
    const send = async ({ url, scope, what, expect, headers, ...request }) => {
        const target = new URL(url, base);
        const ours = target.origin === base.origin;
        const attempt = (authorization) => step.http.request({
            ...request,
            url: target,
            // Without it the answer might come compressed, and its bytes not be those of the digest.
            headers: { 'accept-encoding': 'identity', ...headers, ...(authorization ? { authorization } : {}) },
        });
        const first = ours ? await authorizer.current(scope) : undefined;
        let response = await attempt(first);
        if (response.status === 401 && ours) {
            const second = await authorizer.answer(response.headers.get('www-authenticate'), scope, first);
            if (second !== undefined) {
                await response.body?.cancel();
                response = await attempt(second);
            }
        }
        if (!expect.includes(response.status))
            throw await failure(response, host, `cannot ${what}`);
        return response;
    };
    return {
        host,
        send,
        async receive(request, limit) {
            for (let tries = 1;; tries++) {
                const response = await send(request);
                const bytes = await readBounded(response, limit).catch((error) => {
                    step.signal.throwIfAborted();
                    if (tries < receiveTries)
                        return 'broken';
                    throw new runner/* UserError */.yo(`${host}: cannot ${request.what}: the answer breaks off`, { cause: error });
                });
                if (bytes === 'broken')
                    continue;
                if (bytes === undefined)
                    throw new runner/* UserError */.yo(`${host}: cannot ${request.what}: the answer is over ${limit} bytes`);
                return { response, bytes };
            }
        },
        resolve(target, response) {
            const origin = response.url || base;
            if (!URL.canParse(target, origin))
                throw new runner/* UserError */.yo(`${host} answered with a place that is not a URL`);
            const url = new URL(target, origin);
            if (url.protocol !== 'https:' && !(plain && url.protocol === 'http:')) {
                throw new runner/* UserError */.yo(`${host} is spoken to by TLS, but leads to ${url.protocol}//${url.host}`, {
                    hint: 'A registry behind a proxy must be told its public address.',
                });
            }
            return url;
        },
    };
}
function sharedAuthorizer(host, plain, step) {
    const hosts = authorizers.get(step) ?? new Map();
    authorizers.set(step, hosts);
    const authorizer = hosts.get(host) ?? createAuthorizer(host, plain, step);
    hosts.set(host, authorizer);
    return authorizer;
}
/** `localhost`, 127.0.0.0/8 and ::1, with or without a port. */
function isLoopback(host) {
    const name = host.replace(/:\d+$/, '');
    return name === 'localhost' || ((0,external_node_net_.isIPv4)(name) && name.startsWith('127.')) || name === '[::1]';
}

;// CONCATENATED MODULE: ./build/source/src/registry/open.js





const transports = new WeakMap();
/**
 * Opens the repository `name` below a location. Nothing is read or written yet.
 * @throws UserError when the name is no repository name
 */
function openRepository(location, name, step, options = {}) {
    if (location.kind === 'layout')
        return openLayout(location.path, name);
    const full = [location.prefix, name].filter(Boolean).join('/');
    if (name === '')
        throw new runner/* UserError */.yo(`No repository name below ${location.host}/${location.prefix}`);
    (0,oci/* parseReference */.F2)(`${location.host}/${full}`);
    return openDistribution(sharedTransport(location.host, options.plainHttp ?? [], step), full, step);
}
/** One for each host in a step, so that what was learnt of the host holds for all its repositories. */
function sharedTransport(host, plainHttp, step) {
    const hosts = transports.get(step) ?? new Map();
    transports.set(step, hosts);
    const key = `${host} ${plainHttp.includes(host)}`;
    const transport = hosts.get(key) ?? openTransport(host, plainHttp, step);
    hosts.set(key, transport);
    return transport;
}

;// CONCATENATED MODULE: ./build/source/src/registry/resolve.js

/** The location with the path of a layout made absolute. @throws UserError when it may not be used in this step */
const resolveLocation = (location, step) => location.kind === 'layout' ? { kind: 'layout', path: step.resolvePath(location.path) } : location;
/**
 * An image by the reference that a user gave; the path of a layout is made absolute.
 * @throws UserError when the text is no reference, or its layout may not be used in this step
 */
function resolveReference(text, step) {
    const reference = (0,oci/* parseReference */.F2)(text);
    return { ...reference, location: resolveLocation(reference.location, step) };
}

;// CONCATENATED MODULE: ./build/source/src/registry/index.js
/**
 * OCI images, wherever they lie: a registry or an image layout folder, behind one interface.
 * Addresses: `oci:PATH[:NAME]` and `HOST/REPOSITORY[:TAG][@DIGEST]`, parsed by `src/oci`.
 */







/***/ })

};
