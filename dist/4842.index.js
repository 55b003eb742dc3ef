export const id = 4842;
export const ids = [4842];
export const modules = {

/***/ 54842:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R8: () => (/* reexport */ copyContent),
  qY: () => (/* reexport */ fileContent),
  yx: () => (/* reexport */ isStoreAddress),
  Ch: () => (/* reexport */ openStore)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/source/src/storage/transient.js

const tries = 5;
/**
 * Does work again that failed for a moment; the SDKs do not repeat a request whose body is a stream.
 * The pause doubles from a quarter of a second, with jitter.
 */
async function withRetries(step, work) {
    for (let failures = 1;; failures++) {
        step.signal.throwIfAborted();
        try {
            return await work();
        }
        catch (error) {
            step.signal.throwIfAborted();
            if (failures >= tries || !isTransient(error))
                throw error;
            step.log.debug(`Trying again: ${String(error)}`);
            await (0,external_node_timers_promises_.setTimeout)(2 ** failures * 125 * (1 + Math.random()), undefined, { signal: step.signal });
        }
    }
}
/** Also where an SDK wraps the error of a socket in one of its own: the code is in the message. */
const transientText = /\b(?:ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE|ConditionalRequestConflict|InternalError|OperationAborted|RequestTimeout|ServiceUnavailable|SlowDown|Throttling\w*|TimeoutError|socket hang up)\b/;
/** Whether the same request may succeed a moment later. */
function isTransient(error) {
    const status = statusOf(error);
    if (status !== undefined && (status === 429 || status >= 500))
        return true;
    const { name, code, message, cause } = membersOf(error);
    if (cause !== undefined)
        return isTransient(cause);
    return transientText.test(`${name} ${code} ${message}`);
}
/** The HTTP status in an error of the AWS SDK (`$metadata`) or of Google's (`code`, `status`). */
function statusOf(error) {
    const { code, status, $metadata } = membersOf(error);
    const candidates = [code, status, membersOf($metadata).httpStatusCode].map(Number);
    return candidates.find((candidate) => candidate >= 100 && candidate < 600);
}
const membersOf = (value) => typeof value === 'object' && value !== null ? value : {};

;// CONCATENATED MODULE: ./build/source/src/storage/content.js







/** @param path absolute @throws UserError when there is no such file */
async function fileContent(path, sha256) {
    const found = await (0,promises_.stat)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`, { cause: error });
    });
    if (!found.isFile())
        throw new runner/* UserError */.yo(`${path} is not a file`);
    return { from: path, sha256, size: found.size, open: () => (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 18 }) };
}
/**
 * The bytes of a content. The last ones are held back until all are known to be right, so that a server that was told the
 * length never has the whole of anything else.
 * @throws UserError instead of ending when they are others
 */
async function* provenBytes({ from, sha256, size, open }) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let read = 0;
    let held;
    for await (const chunk of open()) {
        if (held)
            yield held;
        hash.update(chunk);
        read += chunk.length;
        held = chunk;
    }
    const found = hash.digest('hex');
    if (found !== sha256 || read !== size) {
        throw new runner/* UserError */.yo(`Digest mismatch: ${from} was expected to be sha256:${sha256}, but is sha256:${found}`);
    }
    if (held)
        yield held;
}
/**
 * Copies a content to a file, which must not be there; the bytes are on the disk then.
 * @throws UserError as provenBytes; nothing is left then
 */
async function copyContent(content, path, step) {
    await withRetries(step, async () => {
        const target = (0,external_node_fs_.createWriteStream)(path, { flags: 'wx', flush: true });
        try {
            await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(provenBytes(content), { objectMode: false }), target, { signal: step.signal });
        }
        catch (error) {
            await (0,promises_.rm)(path, { force: true });
            throw error;
        }
    });
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/storage/failure.js

/** What was published is never overwritten. */
function overwriting(address, name, existing, wanted) {
    return new runner/* UserError */.yo(`${address}: '${name}' is there with other bytes: sha256:${existing} instead of sha256:${wanted}`, { hint: 'What was published is never overwritten: use another folder or version, or remove the file yourself.' });
}
const absentFile = (address, name) => new runner/* UserError */.yo(`${address}: there is no '${name}'`, { hint: 'Check the address and the name.' });
const largeDocument = (address, name) => new runner/* UserError */.yo(`${address}: '${name}' is too large for a line of text`, { hint: 'Something else was put there.' });
/** The store says that it keeps something else than what was sent. */
const changedOnTheWay = (address, name) => new runner/* UserError */.yo(`${address}: '${name}' was written, but the checksum that the store computed is another`, {
    hint: 'Remove the file and run it again.',
});
const noSuchBucket = (address) => new runner/* UserError */.yo(`${address}: there is no such bucket`, {
    hint: 'Check its name and account; buckets are not made here.',
});

;// CONCATENATED MODULE: ./build/source/src/storage/lock.js


/** Milliseconds after which a lock was left behind by a process that was killed; it is held for a read and a rename. */
const abandonedAfter = 10_000;
/** Does the work while no other process does work under the same path, a folder that stands for the lock. */
async function holdingLock(path, signal, work) {
    while (!(await take(path))) {
        const taken = await (0,promises_.stat)(path).catch(() => undefined);
        if (taken && Date.now() - taken.mtimeMs > abandonedAfter)
            await (0,promises_.rmdir)(path).catch(() => undefined);
        else
            await (0,external_node_timers_promises_.setTimeout)(5 + Math.random() * 20, undefined, { signal });
    }
    try {
        return await work();
    }
    finally {
        await (0,promises_.rmdir)(path).catch(() => undefined);
    }
}
const take = (path) => (0,promises_.mkdir)(path).then(() => true, (error) => {
    if (error.code === 'EEXIST')
        return false;
    throw error;
});

;// CONCATENATED MODULE: ./build/source/src/storage/name.js

/** @throws UserError when a name could lead out of its store, or means different things in different stores */
function requireName(name) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const strange = /[\\\u0000-\u001f\u007f]/.test(name);
    if (strange || name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
        throw new runner/* UserError */.yo(`'${name}' is not a name in a store`, { hint: 'Write it with / and without . or .. parts.' });
    }
}
/** @throws UserError when something else than the beginning of a name */
function requirePrefix(prefix) {
    if (prefix !== '')
        requireName(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}

;// CONCATENATED MODULE: ./build/source/src/storage/store.js
/** A document is a line or two; more is something else. */
const largestDocument = 1 << 16;

;// CONCATENATED MODULE: ./build/source/src/storage/folder.js











/** The store `file:PATH`: a folder, made at the first write. */
function openFolder(address, path, step) {
    const root = (0,external_node_path_.resolve)(path);
    const sizeOf = async (name) => {
        const found = await (0,promises_.lstat)(await containedPath(root, name)).catch(absent);
        if (found && !found.isFile())
            throw new runner/* UserError */.yo(`${address}: '${name}' is not a file`);
        return found?.size;
    };
    const stat = async (name) => {
        const size = await sizeOf(name);
        if (size === undefined)
            return undefined;
        const hash = (0,external_node_crypto_.createHash)('sha256');
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)((0,external_node_path_.join)(root, name)), hash, { signal: step.signal });
        return { name, size, sha256: hash.digest('hex') };
    };
    const readDocument = async (name) => {
        const size = await sizeOf(name);
        if (size === undefined)
            return undefined;
        if (size > largestDocument)
            throw largeDocument(address, name);
        const text = await (0,promises_.readFile)((0,external_node_path_.join)(root, name), 'utf8');
        return { text, version: text };
    };
    /** Makes a file beside its final place, and puts it there by `publish`. */
    const writing = async (name, fill, publish) => {
        const target = (0,external_node_path_.join)(root, name);
        const temporary = `${target}.${(0,external_node_crypto_.randomUUID)()}${temporarySuffix}`;
        try {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
            // The folders made just now, or by another meanwhile, must still lie inside.
            await containedPath(root, name);
            await fill(temporary);
            return await publish(temporary, target);
        }
        catch (error) {
            step.signal.throwIfAborted();
            if (error instanceof runner/* UserError */.yo)
                throw error;
            throw new runner/* UserError */.yo(`${address}: cannot write '${name}': ${(0,runner/* describeError */.Uc)(error)}`, {
                hint: 'Check that the folder is writable, has space, and lies on a file system with hard links.',
                cause: error,
            });
        }
        finally {
            await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
        }
    };
    /** Whether these bytes are there already. @throws UserError when others are */
    const isThere = async (name, sha256) => {
        const existing = (await stat(name))?.sha256;
        if (existing !== undefined && existing !== sha256)
            throw overwriting(address, name, existing, sha256);
        return existing !== undefined;
    };
    return {
        address,
        stat,
        readDocument,
        digestOf: async (name) => (await stat(name))?.sha256,
        async *read(name) {
            if ((await sizeOf(name)) === undefined)
                throw absentFile(address, name);
            yield* (0,external_node_fs_.createReadStream)((0,external_node_path_.join)(root, name), { highWaterMark: 1 << 18 });
        },
        async list(prefix) {
            requirePrefix(prefix);
            const entries = await (0,promises_.readdir)(root, { recursive: true, withFileTypes: true }).catch(absent);
            const names = (entries ?? [])
                .filter((entry) => entry.isFile() && !entry.name.endsWith(temporarySuffix))
                .map((entry) => (0,external_node_path_.relative)(root, (0,external_node_path_.join)(entry.parentPath, entry.name)).split(external_node_path_.sep).join('/'))
                .filter((name) => name.startsWith(prefix));
            return await Promise.all(names.sort().map(async (name) => ({ name, size: (await (0,promises_.lstat)((0,external_node_path_.join)(root, name))).size })));
        },
        async write(name, content) {
            if (await isThere(name, content.sha256))
                return false;
            return await writing(name, (temporary) => copyContent(content, temporary, step), 
            // Unlike a rename, a link never replaces what another has put there meanwhile.
            async (temporary, target) => {
                const linked = await (0,promises_.link)(temporary, target).then(() => true, existing);
                if (linked || (await isThere(name, content.sha256)))
                    return linked;
                throw new runner/* UserError */.yo(`${address}: '${name}' was removed while it was written`, { hint: 'Run it again.' });
            });
        },
        async replaceDocument(name, text, replaced) {
            return await writing(name, (temporary) => (0,promises_.writeFile)(temporary, text, { flag: 'wx', flush: true }), (temporary, target) => holdingLock(`${target}.lock${temporarySuffix}`, step.signal, async () => {
                if ((await readDocument(name))?.version !== replaced?.version)
                    return false;
                await (0,promises_.rename)(temporary, target);
                return true;
            }));
        },
    };
}
/** Of what is no file of the store, yet. */
const temporarySuffix = '.tmp';
/** The path of a name in the folder. @throws UserError when it would lead out, also by a link */
async function containedPath(root, name) {
    requireName(name);
    const target = (0,external_node_path_.join)(root, ...name.split('/'));
    for (let folder = (0,external_node_path_.dirname)(target); folder.length >= root.length; folder = (0,external_node_path_.dirname)(folder)) {
        const real = await (0,promises_.realpath)(folder).catch(absent);
        if (real === undefined)
            continue;
        const way = (0,external_node_path_.relative)(await (0,promises_.realpath)(root), real);
        if (way === '..' || way.startsWith(`..${external_node_path_.sep}`))
            throw new runner/* UserError */.yo(`'${name}' leads out of ${root} by a link`);
        break;
    }
    return target;
}
function absent(error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        return undefined;
    throw error;
}
function existing(error) {
    if (error.code === 'EEXIST')
        return false;
    throw error;
}

;// CONCATENATED MODULE: ./build/source/src/storage/bucket.js


/**
 * Reads `//BUCKET` or `//BUCKET/PREFIX`, what follows the scheme of an address.
 * @throws UserError when it is not of that form
 */
function parseBucketPlace(address, rest) {
    const groups = /^\/\/(?<bucket>[a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/(?<prefix>.*?))?\/?$/.exec(rest)?.groups;
    if (groups?.bucket === undefined) {
        throw new runner/* UserError */.yo(`'${address}' does not name a bucket`, {
            hint: 'Write s3://BUCKET/PREFIX or gs://BUCKET/PREFIX; buckets have lower-case letters, digits, dots and hyphens.',
        });
    }
    const { bucket, prefix = '' } = groups;
    if (prefix === '')
        return { bucket, prefix: '' };
    requireName(prefix);
    return { bucket, prefix: `${prefix}/` };
}

;// CONCATENATED MODULE: ./build/source/src/storage/gcs-client.js
/**
 * The file of credentials and the emulator of the step's environment. Without a file the SDK's default chain looks for others:
 * gcloud's own file, the metadata server. That chain reads `process.env` itself: it can't be given an environment.
 */
async function openGoogleClient(name, step) {
    const sdk = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(3669), __webpack_require__.e(492), __webpack_require__.e(8603), __webpack_require__.e(3665)]).then(__webpack_require__.bind(__webpack_require__, 73665));
    const { GOOGLE_APPLICATION_CREDENTIALS: keyFilename, STORAGE_EMULATOR_HOST: emulator } = step.environment;
    const apiEndpoint = emulator && (/^https?:\/\//.test(emulator) ? emulator : `http://${emulator}`).replace(/\/+$/, '');
    const storage = new sdk.Storage({
        ...(apiEndpoint ? { apiEndpoint } : {}),
        ...(keyFilename ? { keyFilename } : {}),
        timeout: 60_000,
    });
    // Where the SDK finds the variable itself, it leaves out the path of the API.
    if (apiEndpoint)
        storage.baseUrl = `${apiEndpoint}/storage/v1`;
    return { sdk, storage, bucket: storage.bucket(name) };
}

;// CONCATENATED MODULE: ./build/source/src/storage/gcs-failure.js



/** What a user can mend of what GCS or its SDK says; anything else stays as it is. */
function googleFailure(address, what, error) {
    if (error instanceof runner/* UserError */.yo || !(error instanceof Error))
        return error;
    const failed = (reason, hint) => new runner/* UserError */.yo(`${address}: cannot ${what}: ${reason}`, { hint, cause: error });
    if (/default credentials/i.test(error.message)) {
        return failed('there are no credentials for Google Cloud', 'Log in with google-github-actions/auth, or name a file of credentials in GOOGLE_APPLICATION_CREDENTIALS.');
    }
    const status = statusOf(error);
    if (status === 401 || /invalid_grant|invalid_client/.test(error.message)) {
        return failed('the credentials are not valid', 'Log in again, or check GOOGLE_APPLICATION_CREDENTIALS.');
    }
    if (status === 403) {
        return failed('access is denied', 'The account needs storage.objects.get, .list and .create in the bucket; .delete to move version markers.');
    }
    // An object that is missing is no failure anywhere.
    if (status === 404)
        return noSuchBucket(address);
    if (status !== undefined)
        return failed(`GCS answers ${status} ${(0,runner/* describeError */.Uc)(error)}`, 'Try again later, or check the request.');
    if ('code' in error) {
        return failed((0,runner/* describeError */.Uc)(error) || String(error.code), 'Check the endpoint, and that it can be reached from here.');
    }
    return error;
}

;// CONCATENATED MODULE: ./build/source/src/storage/headers.js
/** By the ending of the name; the longest that fits counts. Source: the IANA media types registry where it has one. */
const contentTypes = {
    asc: 'application/pgp-signature',
    att: 'application/json',
    cert: 'application/x-pem-file',
    css: 'text/css; charset=utf-8',
    deb: 'application/vnd.debian.binary-package',
    gz: 'application/gzip',
    html: 'text/html; charset=utf-8',
    json: 'application/json',
    jsonl: 'application/jsonl',
    md: 'text/markdown; charset=utf-8',
    md5: 'text/plain; charset=utf-8',
    pem: 'application/x-pem-file',
    rpm: 'application/x-rpm',
    sha1: 'text/plain; charset=utf-8',
    sha256: 'text/plain; charset=utf-8',
    sha512: 'text/plain; charset=utf-8',
    sig: 'text/plain; charset=utf-8',
    'sigstore.json': 'application/vnd.dev.sigstore.bundle.v0.3+json',
    spdx: 'text/spdx; charset=utf-8',
    'spdx.json': 'application/spdx+json',
    svg: 'image/svg+xml',
    tar: 'application/x-tar',
    tgz: 'application/gzip',
    txt: 'text/plain; charset=utf-8',
    xml: 'application/xml',
    xz: 'application/x-xz',
    yaml: 'application/yaml',
    yml: 'application/yaml',
    zip: 'application/zip',
    zst: 'application/zstd',
};
/** Headers of a file whose bytes never change. A compressed one is not declared as such: clients would unpack it. */
const immutableHeaders = (name) => ({
    contentType: contentTypeOf(name),
    cacheControl: 'public, max-age=31536000, immutable',
});
/** Headers of a small text that changes: whoever reads it asks again each time. */
const documentHeaders = {
    contentType: 'text/plain; charset=utf-8',
    cacheControl: 'no-cache, max-age=0, no-transform',
};
function contentTypeOf(name) {
    const base = name.slice(name.lastIndexOf('/') + 1);
    if (/^(?:SHA(?:1|256|512)SUMS|MD5SUMS|README|LICENSE)$/.test(base))
        return 'text/plain; charset=utf-8';
    const parts = base.toLowerCase().split('.').slice(1);
    const endings = parts.map((_, index) => parts.slice(index).join('.'));
    const known = endings.find((ending) => Object.hasOwn(contentTypes, ending));
    return (known !== undefined && contentTypes[known]) || 'application/octet-stream';
}

;// CONCATENATED MODULE: ./build/source/src/storage/stored-digest.js

/** SHA-256 of what is stored there: as the store tells it, or of the bytes. */
async function digestOfStored(store, name) {
    const found = await store.stat(name);
    if (!found || found.sha256 !== undefined)
        return found?.sha256;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of store.read(name))
        hash.update(chunk);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/source/src/storage/gcs.js












/** Bytes; what is larger is sent in chunks, so that a lost connection costs one of them. */
const largestSingleRequest = 8 << 20;
/** The store `gs://BUCKET/PREFIX`: Google Cloud Storage, or its emulator at `STORAGE_EMULATOR_HOST`. */
function openGoogleCloudStorage(address, rest, step) {
    const { bucket: bucketName, prefix } = parseBucketPlace(address, rest);
    let opened;
    const open = () => {
        opened ??= openGoogleClient(bucketName, step);
        return opened;
    };
    const keyOf = (name) => {
        requireName(name);
        return `${prefix}${name}`;
    };
    /** Tells what went wrong as a user can mend it. */
    const attempt = async (what, work) => {
        try {
            const gcs = await open();
            return await withRetries(step, () => work(gcs));
        }
        catch (error) {
            step.signal.throwIfAborted();
            throw googleFailure(address, what, error);
        }
    };
    let bucketExists;
    /** Not every server says whether the object is missing or its bucket. */
    const requireBucket = () => {
        bucketExists ??= attempt('find the bucket', async ({ bucket }) => {
            // Whoever may not look at a bucket may still read and write in it.
            const [exists] = await bucket.exists().catch((error) => {
                if (statusOf(error) === 403)
                    return [true];
                throw error;
            });
            if (!exists)
                throw noSuchBucket(address);
        });
        return bucketExists;
    };
    const metadataOf = async (name) => {
        const key = keyOf(name);
        const found = await attempt(`read '${name}'`, ({ bucket }) => bucket
            .file(key)
            .getMetadata()
            .catch((error) => {
            if (statusOf(error) === 404)
                return undefined;
            throw error;
        }));
        if (!found)
            await requireBucket();
        return found?.[0];
    };
    const stat = async (name) => {
        const metadata = await metadataOf(name);
        return metadata && storedFile(name, metadata);
    };
    // As it is stored: a compressed file is not unpacked on the way. Who reads it has its SHA-256 to check.
    const asStored = { decompress: false, validation: false };
    async function* read(name) {
        const key = keyOf(name);
        const { bucket } = await open();
        try {
            yield* bucket.file(key).createReadStream(asStored);
        }
        catch (error) {
            step.signal.throwIfAborted();
            if (statusOf(error) === 404)
                throw absentFile(address, name);
            throw googleFailure(address, `read '${name}'`, error);
        }
    }
    /** Undefined when that generation is no longer there. */
    const readGeneration = (name, generation) => attempt(`read '${name}'`, async ({ bucket }) => {
        const chunks = [];
        try {
            for await (const chunk of bucket.file(keyOf(name), { generation }).createReadStream(asStored))
                chunks.push(chunk);
        }
        catch (error) {
            if (statusOf(error) === 404)
                return undefined;
            throw error;
        }
        return Buffer.concat(chunks).toString();
    });
    /** False when something is there already. */
    const create = async ({ bucket, sdk }, name, content) => {
        const crc32c = await checksumOf(content, new sdk.CRC32C());
        const { contentType, cacheControl } = immutableHeaders(name);
        const target = bucket.file(keyOf(name)).createWriteStream({
            resumable: content.size > largestSingleRequest,
            // GCS takes the object only if it has this checksum.
            validation: false,
            preconditionOpts: { ifGenerationMatch: 0 },
            metadata: { contentType, cacheControl, crc32c, metadata: { sha256: content.sha256, crc32c } },
        });
        try {
            await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(provenBytes(content), { objectMode: false }), target, { signal: step.signal });
            return true;
        }
        catch (error) {
            if (statusOf(error) === 412)
                return false;
            throw error;
        }
    };
    const digestOf = (name) => digestOfStored({ stat, read }, name);
    return {
        address,
        stat,
        digestOf,
        read,
        async list(below) {
            requirePrefix(below);
            return await attempt('list', async ({ bucket }) => {
                const [files] = await bucket.getFiles({ prefix: `${prefix}${below}` });
                return files.map(({ name, metadata }) => storedFile(name.slice(prefix.length), metadata));
            });
        },
        async write(name, content) {
            keyOf(name);
            const written = await attempt(`write '${name}'`, (gcs) => create(gcs, name, content));
            if (written) {
                // The checksum that GCS has now was computed from what it keeps.
                if ((await stat(name))?.sha256 !== content.sha256)
                    throw changedOnTheWay(address, name);
                return true;
            }
            const existing = await digestOf(name);
            if (existing === content.sha256)
                return false;
            if (existing === undefined)
                throw absentFile(address, name);
            throw overwriting(address, name, existing, content.sha256);
        },
        async readDocument(name) {
            for (;;) {
                const metadata = await metadataOf(name);
                if (metadata?.generation === undefined)
                    return undefined;
                if (Number(metadata.size) > largestDocument)
                    throw largeDocument(address, name);
                const version = String(metadata.generation);
                const text = await readGeneration(name, version);
                if (text !== undefined)
                    return { text, version };
                // Another replaced it between the two requests.
            }
        },
        async replaceDocument(name, text, replaced) {
            const key = keyOf(name);
            return await attempt(`write '${name}'`, async ({ bucket }) => {
                const saved = bucket.file(key).save(text, {
                    resumable: false,
                    validation: 'crc32c',
                    preconditionOpts: { ifGenerationMatch: replaced ? Number(replaced.version) : 0 },
                    metadata: { ...documentHeaders },
                });
                return await saved.then(() => true, (error) => {
                    if (statusOf(error) === 412)
                        return false;
                    throw error;
                });
            });
        },
    };
}
/** GCS has no SHA-256. Ours, among the object's metadata, is believed while it stands beside the checksum of what is stored. */
function storedFile(name, { size, crc32c, metadata }) {
    const sha256 = metadata?.sha256;
    const bound = crc32c !== undefined && metadata?.crc32c === crc32c;
    const known = bound && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
    return { name, size: Number(size ?? 0), ...(known ? { sha256 } : {}) };
}
async function checksumOf(content, checksum) {
    for await (const chunk of provenBytes(content))
        checksum.update(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    return checksum.toString();
}

;// CONCATENATED MODULE: ./build/source/src/storage/body.js


/**
 * Sends a content as the body of one request. Who sends it need not listen for errors of the stream: one ends the request,
 * and is what is thrown.
 */
async function sendBody(content, signal, send) {
    const controller = new AbortController();
    const body = external_node_stream_.Readable.from(provenBytes(content), { objectMode: false });
    let failure;
    body.once('error', (error) => {
        failure = error;
        controller.abort(error);
    });
    try {
        return await send(body, AbortSignal.any([signal, controller.signal]));
    }
    catch (error) {
        throw failure ?? error;
    }
    finally {
        body.destroy();
    }
}

// EXTERNAL MODULE: ./build/source/src/cloud/index.js + 2 modules
var cloud = __webpack_require__(76894);
;// CONCATENATED MODULE: ./build/source/src/storage/s3-client.js

/** Endpoint and region of the step's environment, as AWS's own tools read them. */
async function openS3Client(step) {
    const sdk = await Promise.all(/* import() */[__webpack_require__.e(5861), __webpack_require__.e(3711), __webpack_require__.e(2844)]).then(__webpack_require__.bind(__webpack_require__, 62844));
    const environment = step.environment;
    const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
    const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
    const client = new sdk.S3Client({
        // The region of a bucket is found by following where S3 points.
        followRegionRedirects: true,
        ...(region || endpoint ? { region: region || 'us-east-1' } : {}),
        ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
        ...(0,cloud/* amazonAccess */.T)(step),
        // The checksum is ours, given with each request; where there is none to give, none is wanted.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
    });
    return { sdk, client };
}

;// CONCATENATED MODULE: ./build/source/src/storage/s3-failure.js



/** What a user can mend of what S3 or its SDK says; anything else stays as it is. */
function s3Failure(address, what, error) {
    if (error instanceof runner/* UserError */.yo || !(error instanceof Error))
        return error;
    const failed = (reason, hint) => new runner/* UserError */.yo(`${address}: cannot ${what}: ${reason}`, { hint, cause: error });
    switch (error.name) {
        case 'CredentialsProviderError':
            return failed('there are no credentials for AWS', 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws-actions/configure-aws-credentials.');
        case 'ExpiredToken':
        case 'InvalidAccessKeyId':
        case 'InvalidToken':
        case 'SignatureDoesNotMatch':
            return failed(`the credentials are not valid (${error.name})`, 'Log in again, or check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
        case 'NoSuchBucket':
            return noSuchBucket(address);
    }
    if (error.message === 'Region is missing')
        return failed('no region is set', 'Set AWS_REGION.');
    const status = statusOf(error);
    if (status === 401 || status === 403) {
        return failed('access is denied', 'The credentials need s3:GetObject, s3:PutObject and s3:AbortMultipartUpload below the prefix, and s3:ListBucket on the bucket.');
    }
    if (status !== undefined)
        return failed(`S3 answers ${status} ${(0,runner/* describeError */.Uc)(error)}`, 'Try again later, or check the request.');
    if ('code' in error)
        return failed((0,runner/* describeError */.Uc)(error) || String(error.code), 'Check the endpoint, and that it can be reached from here.');
    return error;
}

;// CONCATENATED MODULE: ./build/source/src/storage/s3-multipart.js




const s3Limits = { single: 5 * 2 ** 30, part: 64 * 2 ** 20 };
const mostParts = 10_000;
/** Milliseconds; an upload that was begun earlier was left behind by a process that was killed. */
const s3_multipart_abandonedAfter = 24 * 60 * 60 * 1000;
/**
 * Sends what is too large for one request: in parts, each with its SHA-256, one in memory at a time. The whole becomes visible
 * only when all of it was proven, if nothing is there then. Source: Amazon S3 API reference, CompleteMultipartUpload.
 */
async function uploadInParts({ sdk, client }, object, content, options) {
    const { step, headers, address } = options;
    const abortSignal = step.signal;
    await abortAbandoned({ sdk, client }, object, step);
    const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({
        ...object,
        ChecksumAlgorithm: 'SHA256',
        ChecksumType: 'COMPOSITE',
        ContentType: headers.contentType,
        CacheControl: headers.cacheControl,
    }), { abortSignal });
    try {
        const parts = [];
        for await (const Body of inParts(provenBytes(content), partSize(content.size, options.limits.part))) {
            const PartNumber = parts.length + 1;
            const ChecksumSHA256 = (0,external_node_crypto_.createHash)('sha256').update(Body).digest('base64');
            const { ETag } = await client.send(new sdk.UploadPartCommand({ ...object, UploadId, PartNumber, Body, ChecksumSHA256 }), { abortSignal });
            parts.push({ PartNumber, ETag, ChecksumSHA256 });
        }
        const { ChecksumSHA256 } = await client.send(new sdk.CompleteMultipartUploadCommand({
            ...object,
            UploadId,
            MultipartUpload: { Parts: parts },
            IfNoneMatch: '*',
        }), { abortSignal });
        if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== compositeOf(parts)) {
            throw changedOnTheWay(address, object.Key);
        }
    }
    catch (error) {
        // Parts cost money until they are removed; also after a cancellation.
        await client.send(new sdk.AbortMultipartUploadCommand({ ...object, UploadId })).catch((failure) => {
            step.log.warning(`${address}: the parts of '${object.Key}' stay behind: ${(0,runner/* describeError */.Uc)(failure)}`);
        });
        throw error;
    }
}
/** Another may be writing the same object just now, so that only old uploads are taken for abandoned. */
async function abortAbandoned({ sdk, client }, { Bucket, Key }, step) {
    const { Uploads = [] } = await client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key }), {
        abortSignal: step.signal,
    });
    const limit = step.now().getTime() - s3_multipart_abandonedAfter;
    for (const upload of Uploads) {
        if (upload.Key !== Key || !upload.Initiated || upload.Initiated.getTime() > limit)
            continue;
        await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId: upload.UploadId }));
    }
}
const partSize = (size, smallest) => Math.max(smallest, Math.ceil(size / mostParts));
async function* inParts(chunks, size) {
    let buffered = [];
    let length = 0;
    for await (const chunk of chunks) {
        buffered.push(chunk);
        length += chunk.length;
        while (length >= size) {
            const bytes = Buffer.concat(buffered);
            yield bytes.subarray(0, size);
            buffered = [bytes.subarray(size)];
            length -= size;
        }
    }
    if (length > 0)
        yield Buffer.concat(buffered);
}
/** The SHA-256 of the parts' SHA-256s, as S3 computes it. */
function compositeOf(parts) {
    const digests = parts.map(({ ChecksumSHA256 }) => Buffer.from(ChecksumSHA256, 'base64'));
    return `${(0,external_node_crypto_.createHash)('sha256').update(Buffer.concat(digests)).digest('base64')}-${parts.length}`;
}

;// CONCATENATED MODULE: ./build/source/src/storage/s3.js













/** The store `s3://BUCKET/PREFIX`: Amazon S3, or whatever speaks its protocol at `AWS_ENDPOINT_URL_S3`. */
function openS3(address, rest, step, limits = s3Limits) {
    const { bucket, prefix } = parseBucketPlace(address, rest);
    let opened;
    const open = () => {
        opened ??= openS3Client(step);
        return opened;
    };
    const abortSignal = step.signal;
    const objectOf = (name) => {
        requireName(name);
        return { Bucket: bucket, Key: `${prefix}${name}` };
    };
    /** Tells what went wrong as a user can mend it. */
    const attempt = async (what, work) => {
        try {
            const s3 = await open();
            return await withRetries(step, () => work(s3));
        }
        catch (error) {
            step.signal.throwIfAborted();
            throw s3Failure(address, what, error);
        }
    };
    let bucketExists;
    /** An answer to HEAD does not say whether the object is missing or its bucket. */
    const requireBucket = () => {
        bucketExists ??= attempt('find the bucket', async ({ sdk, client }) => {
            await client.send(new sdk.HeadBucketCommand({ Bucket: bucket }), { abortSignal }).catch((error) => {
                if (statusOf(error) === 404)
                    throw noSuchBucket(address);
                // Whoever may not list a bucket may still read and write in it.
                if (statusOf(error) !== 403)
                    throw error;
            });
        });
        return bucketExists;
    };
    const stat = async (name) => {
        const object = objectOf(name);
        const found = await attempt(`read '${name}'`, ({ sdk, client }) => client
            .send(new sdk.HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }), { abortSignal })
            .catch(unless(404, undefined)));
        if (!found)
            await requireBucket();
        return found && { name, size: found.ContentLength ?? 0, ...storedDigest(found) };
    };
    async function* read(name) {
        const object = objectOf(name);
        const body = await attempt(`read '${name}'`, async ({ sdk, client }) => {
            const found = await client.send(new sdk.GetObjectCommand(object), { abortSignal }).catch(whereAbsent);
            return found?.Body;
        });
        if (!(body instanceof external_node_stream_.Readable))
            throw absentFile(address, name);
        try {
            yield* body;
        }
        catch (error) {
            step.signal.throwIfAborted();
            throw s3Failure(address, `read '${name}'`, error);
        }
    }
    /** False when something is there already. */
    const create = async ({ sdk, client }, name, content) => {
        const object = objectOf(name);
        const headers = immutableHeaders(name);
        const wanted = Buffer.from(content.sha256, 'hex').toString('base64');
        try {
            if (content.size > limits.single) {
                await uploadInParts({ sdk, client }, object, content, { headers, limits, address, step });
                return true;
            }
            const { ChecksumSHA256 } = await sendBody(content, step.signal, (body, signal) => client.send(new sdk.PutObjectCommand({
                ...object,
                Body: body,
                ContentLength: content.size,
                ContentType: headers.contentType,
                CacheControl: headers.cacheControl,
                // S3 takes the object only if it hashes to this.
                ChecksumSHA256: wanted,
                IfNoneMatch: '*',
            }), { abortSignal: signal }));
            if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== wanted)
                throw changedOnTheWay(address, name);
            return true;
        }
        catch (error) {
            if (statusOf(error) === 412)
                return false;
            // A server that refuses a large body may hang up before its refusal is read.
            if (isTransient(error) && (await stat(name)))
                return false;
            throw error;
        }
    };
    const digestOf = (name) => digestOfStored({ stat, read }, name);
    return {
        address,
        stat,
        digestOf,
        read,
        async list(below) {
            requirePrefix(below);
            return await attempt('list', async ({ sdk, client }) => {
                const files = [];
                const pages = sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: `${prefix}${below}` });
                for await (const { Contents = [] } of pages) {
                    step.signal.throwIfAborted();
                    files.push(...Contents.map(({ Key = '', Size = 0 }) => ({ name: Key.slice(prefix.length), size: Size })));
                }
                return files;
            });
        },
        async write(name, content) {
            objectOf(name);
            const written = await attempt(`write '${name}'`, (s3) => create(s3, name, content));
            // Of parts S3 has no SHA-256 of the whole: they were proven one by one, their order by the sum of all.
            if (written && content.size > limits.single)
                return true;
            const existing = await digestOf(name);
            if (existing === content.sha256)
                return written;
            if (existing === undefined)
                throw absentFile(address, name);
            throw overwriting(address, name, existing, content.sha256);
        },
        async readDocument(name) {
            const object = objectOf(name);
            return await attempt(`read '${name}'`, async ({ sdk, client }) => {
                const found = await client.send(new sdk.GetObjectCommand(object), { abortSignal }).catch(whereAbsent);
                if (!found)
                    return undefined;
                if ((found.ContentLength ?? 0) > largestDocument)
                    throw largeDocument(address, name);
                if (found.ETag === undefined)
                    throw new runner/* UserError */.yo(`${address}: '${name}' has no ETag`);
                return { text: (await found.Body?.transformToString('utf-8')) ?? '', version: found.ETag };
            });
        },
        async replaceDocument(name, text, replaced) {
            const object = objectOf(name);
            return await attempt(`write '${name}'`, async ({ sdk, client }) => {
                const put = new sdk.PutObjectCommand({
                    ...object,
                    Body: text,
                    ContentType: documentHeaders.contentType,
                    CacheControl: documentHeaders.cacheControl,
                    ChecksumAlgorithm: 'SHA256',
                    ...(replaced ? { IfMatch: replaced.version } : { IfNoneMatch: '*' }),
                });
                return await client.send(put, { abortSignal }).then(() => true, unless(412, false));
            });
        },
    };
}
/** Only of a single upload does S3 have the SHA-256 of the whole; of parts it has one of their hashes. */
function storedDigest({ ChecksumSHA256 }) {
    if (ChecksumSHA256 === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(ChecksumSHA256))
        return {};
    return { sha256: Buffer.from(ChecksumSHA256, 'base64').toString('hex') };
}
/** Takes one status for an answer, and throws everything else. */
const unless = (status, answer) => (error) => {
    if (statusOf(error) === status)
        return answer;
    throw error;
};
function whereAbsent(error) {
    if (error instanceof Error && error.name === 'NoSuchKey')
        return undefined;
    throw error;
}

;// CONCATENATED MODULE: ./build/source/src/storage/open.js




const kinds = {
    file: openFolder,
    s3: openS3,
    gs: openGoogleCloudStorage,
};
/** The part of an address before its colon, when a store can be named by it. */
const isStoreAddress = (address) => Object.hasOwn(kinds, address.split(':', 1)[0] ?? '');
/**
 * Opens a store by its address: `file:PATH`, `s3://BUCKET/PREFIX` or `gs://BUCKET/PREFIX`. Nothing is read or written yet.
 * @throws UserError when the address is none
 */
function openStore(address, step) {
    const colon = address.indexOf(':');
    const open = isStoreAddress(address) ? kinds[address.slice(0, colon)] : undefined;
    const rest = address.slice(colon + 1);
    if (!open || colon < 0 || rest === '') {
        throw new runner/* UserError */.yo(`'${address}' is not where files can lie`, {
            hint: 'Write file:FOLDER, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX.',
        });
    }
    return open(address, rest, step);
}

;// CONCATENATED MODULE: ./build/source/src/storage/index.js
/** Where files are published to and come from: a folder (`file:PATH`), S3 (`s3://BUCKET/PREFIX`) and GCS (`gs://…`) alike. */




/***/ })

};
