export const id = 3356;
export const ids = [3356];
export const modules = {

/***/ 43718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  xc: () => (/* reexport */ arMagic),
  jp: () => (/* reexport */ arMemberHeader),
  Jt: () => (/* reexport */ cpioHeader),
  nu: () => (/* reexport */ cpioPadding),
  $x: () => (/* reexport */ cpioTrailer),
  ZI: () => (/* reexport */ gzip),
  NS: () => (/* reexport */ readArMembers),
  yY: () => (/* reexport */ tar),
  yU: () => (/* reexport */ zip)
});

;// CONCATENATED MODULE: ./build/source/src/archive/ar.js
/** The first bytes of every ar archive. */
const arMagic = '!<arch>\n';
/**
 * The 60 bytes before a member, owned by root, mode 0644 (ar(5), common format). Content of odd size is followed by a newline.
 * `time` in seconds since 1970.
 */
function arMemberHeader(name, size, time) {
    if (!/^[A-Za-z0-9._+-]{1,16}$/.test(name))
        throw new RangeError(`'${name}' does not fit a member's name of ar`);
    const fields = [name.padEnd(16), String(time).padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
    return Buffer.from(`${fields.join('')}${String(size).padEnd(10)}\`\n`, 'latin1');
}
/**
 * The members of an ar archive, in its order, without their content. Long names (GNU, BSD) are returned as they stand.
 * @throws Error when the file is none, or a member leaves it
 */
async function readArMembers(file, maximum = 64) {
    const { size: end } = await file.stat();
    const magic = await readAt(file, 0, Math.min(end, arMagic.length));
    if (magic.toString('latin1') !== arMagic)
        throw new Error('it does not begin like an ar archive');
    const members = [];
    for (let position = arMagic.length; position < end;) {
        if (members.length === maximum)
            throw new Error(`it has more than ${maximum} members`);
        if (position + 60 > end)
            throw new Error('a member is cut off');
        const header = (await readAt(file, position, 60)).toString('latin1');
        const sizeText = header.slice(48, 58).trimEnd();
        if (header.slice(58) !== '`\n' || !/^[0-9]{1,10}$/.test(sizeText))
            throw new Error('the header of a member is broken');
        const size = Number(sizeText);
        const offset = position + 60;
        if (offset + size > end)
            throw new Error('a member is cut off');
        members.push({ name: header.slice(0, 16).trimEnd().replace(/\/$/, ''), offset, size });
        position = offset + size + (size % 2);
    }
    return members;
}
async function readAt(file, position, length) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead !== length)
        throw new Error('it is cut off');
    return buffer;
}

;// CONCATENATED MODULE: ./build/source/src/archive/cpio.js
const maximum = 0xffffffff;
/**
 * The bytes before an entry's content, owned by root: the "newc" form of cpio(5), with which RPM carries its files.
 * The content is followed by `cpioPadding(size)`.
 * @throws RangeError when the entry is larger than the form can say (4 GiB)
 */
function cpioHeader(entry) {
    if (entry.size > maximum)
        throw new RangeError(`${entry.name} is larger than cpio can hold (4 GiB)`);
    const name = Buffer.from(`${entry.name}\0`);
    const links = entry.name === trailerName ? 1 : (entry.mode & 0o170000) === 0o040000 ? 2 : 1;
    const fields = [entry.inode, entry.mode, 0, 0, links, entry.time, entry.size, 0, 0, 0, 0, name.length, 0];
    const head = Buffer.concat([Buffer.from(`070701${fields.map(hexadecimal).join('')}`), name]);
    return Buffer.concat([head, cpioPadding(head.length)]);
}
/** The zero bytes after `size` bytes of content, up to a multiple of four. */
const cpioPadding = (size) => Buffer.alloc((4 - (size % 4)) % 4);
const trailerName = 'TRAILER!!!';
/** The entry that ends an archive. */
const cpioTrailer = () => cpioHeader({ name: trailerName, inode: 0, mode: 0, size: 0, time: 0 });
const hexadecimal = (value) => value.toString(16).padStart(8, '0');

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/source/src/archive/gzip.js


/**
 * Where speed meets size for Go binaries (measured: level 9 takes three times as long for 0.2 % less). Fixed, since the
 * bytes of a release depend on it.
 */
const compressionLevel = 6;
/** Position of the operating system in a gzip header, and its value for "unknown". Source: RFC 1952, section 2.3.1. */
const systemOffset = 9;
const systemUnknown = 255;
/** Gzip without a name, a time or the operating system, compressed beside the main thread. */
async function* gzip(content) {
    const compressor = (0,external_node_zlib_.createGzip)({ level: compressionLevel, chunkSize: 1 << 16 });
    // An error destroys the compressor with it, so that the loop below throws it.
    (0,external_node_stream_.pipeline)(content, compressor, () => undefined);
    let position = 0;
    for await (const chunk of compressor) {
        if (position <= systemOffset && systemOffset < position + chunk.length)
            chunk[systemOffset - position] = systemUnknown;
        position += chunk.length;
        yield chunk;
    }
}

// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/archive/entry.js
/**
 * Entries by path in byte order, so that the order they were found in leaves no trace.
 * @throws Error when a path leaves the archive or is there twice: a mistake of the caller
 */
function sortEntries(entries) {
    const sorted = [...entries].sort((left, right) => Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)));
    for (const [index, { path }] of sorted.entries()) {
        if (path === '' || path.startsWith('/') || path.split(/[/\\]/).includes('..')) {
            throw new Error(`a path leaves the archive: '${path}'`);
        }
        if (sorted[index + 1]?.path === path)
            throw new Error(`a path is in the archive twice: '${path}'`);
    }
    return sorted;
}

;// CONCATENATED MODULE: ./build/source/src/archive/tar.js



/**
 * A tar archive (POSIX ustar; pax where a path is long): sorted, owned by root, every entry of the one time.
 * Source: POSIX.1-2024, pax, "ustar Interchange Format".
 */
async function* tar(entries, time) {
    const { pack } = await __webpack_require__.e(/* import() */ 6118).then(__webpack_require__.t.bind(__webpack_require__, 56118, 19));
    const archive = pack();
    fill(archive, sortEntries(entries), time).catch((error) => archive.destroy(error));
    yield* external_node_stream_.Readable.from(archive, { objectMode: false });
}
async function fill(archive, entries, time) {
    for (const entry of entries) {
        const header = {
            name: entry.kind === 'directory' ? entry.path.replace(/\/?$/, '/') : entry.path,
            type: entry.kind,
            mode: entry.mode,
            size: entry.kind === 'file' ? entry.size : 0,
            mtime: time,
            uid: 0,
            gid: 0,
            uname: 'root',
            gname: 'root',
        };
        // tar-stream itself fails when the content is longer or shorter than the header says.
        await (0,promises_.pipeline)(entry.kind === 'file' ? entry.open() : [], archive.entry(header));
    }
    archive.finalize();
}

;// CONCATENATED MODULE: ./build/source/src/archive/zip.js



/** A zip archive: sorted, deflated, every entry of the one time. Source: APPNOTE.TXT 6.3.10. */
async function* zip(entries, time) {
    const { ZipFile } = await __webpack_require__.e(/* import() */ 3044).then(__webpack_require__.t.bind(__webpack_require__, 93044, 19));
    const archive = new ZipFile();
    const output = new external_node_stream_.PassThrough();
    // yazl passes on neither its own errors nor those of a source.
    const fail = (error) => void output.destroy(error);
    archive.on('error', fail);
    const mtime = inLocalTime(time);
    for (const entry of sortEntries(entries)) {
        const { path, mode } = entry;
        if (entry.kind === 'directory')
            archive.addEmptyDirectory(path, { mtime, mode: directoryType | mode, forceDosTimestamp: true });
        else {
            const options = { mtime, mode: fileType | mode, size: entry.size, compressionLevel: compressionLevel, forceDosTimestamp: true };
            archive.addReadStreamLazy(path, options, (take) => {
                take(null, external_node_stream_.Readable.from(entry.open(), { objectMode: false }).on('error', fail));
            });
        }
    }
    archive.end();
    archive.outputStream.pipe(output);
    yield* output;
}
/** File types in a mode of POSIX. */
const fileType = 0o100000;
const directoryType = 0o040000;
/** The date whose local members are those of `time` in UTC: zip has no time zone and yazl writes the local time. */
function inLocalTime(time) {
    return Object.assign(new Date(time), {
        getFullYear: () => time.getUTCFullYear(),
        getMonth: () => time.getUTCMonth(),
        getDate: () => time.getUTCDate(),
        getHours: () => time.getUTCHours(),
        getMinutes: () => time.getUTCMinutes(),
        getSeconds: () => time.getUTCSeconds(),
    });
}

;// CONCATENATED MODULE: ./build/source/src/archive/index.js
/** Archive formats, written and read as streams. */







/***/ }),

/***/ 84129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bc: () => (/* reexport */ openSigningKey),
  yj: () => (/* reexport */ verifyCleartext),
  kA: () => (/* reexport */ verifyDetached)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/openpgp/local.js


/**
 * The key of this machine, in the user's state folder, readable by the user only; made the first time.
 * RSA 3072: rpm before 4.15 knows no EdDSA, and it is made in a fraction of a second.
 */
async function readLocalKey(step) {
    const path = (0,external_node_path_.join)((0,runner/* stateFolder */.yp)(step.environment), 'keys', 'openpgp.key');
    let made;
    try {
        const armored = await (0,runner/* keepOnce */.pc)(path, async () => {
            made = await generateKey(step);
            return made;
        });
        // Another process may have been faster; then its key is the one.
        if (armored === made)
            step.log.notice(`Made the OpenPGP key ${path}, with which this machine signs packages and repositories`);
        return { path, armored };
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot keep the local OpenPGP key ${path}: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: "Make the folder writable, or give a key by the input 'openpgp-key'.",
        });
    }
}
async function generateKey(step) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const { privateKey } = await openpgp.generateKey({
        type: 'rsa',
        rsaBits: 3072,
        subkeys: [],
        date: step.now(),
        userIDs: [{ name: 'k8s-release local key' }],
        format: 'armored',
    });
    return privateKey;
}

;// CONCATENATED MODULE: ./build/source/src/openpgp/key.js



// SHA-512 is read by every apt and rpm in use; a salt notation would make each signature different.
const config = { nonDeterministicSignaturesViaNotation: false, showVersion: false };
const month = 30 * 24 * 60 * 60 * 1000;
/**
 * Opens the key given, or in a terminal the local key, which is made the first time.
 * @throws UserError when there is none, or it is unreadable, protected, expired or revoked, or cannot sign
 */
async function openSigningKey(options, step) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const source = await keySource(options, step);
    const privateKey = await unlock(await readKey(source), options.passphrase, source.name);
    const { expires, validFrom, rsa } = await requireValid(privateKey, source.name, step);
    // A signature older than its key, or than the key's binding, is refused by gpgv and Sequoia.
    const dated = (date) => new Date(Math.max(date.getTime(), validFrom.getTime()));
    return {
        origin: source.origin,
        fingerprint: privateKey.getFingerprint().toUpperCase(),
        publicKeyArmored: unixLines(privateKey.toPublic().armor()),
        rsa,
        expires,
        async signDetached(bytes, date) {
            const message = await openpgp.createMessage({ binary: bytes });
            const options = { message, signingKeys: privateKey, detached: true, date: dated(date), config };
            const binary = await openpgp.sign({ ...options, format: 'binary' });
            const signature = await openpgp.readSignature({ binarySignature: binary });
            return { binary, armored: unixLines(signature.armor()) };
        },
        async signCleartext(text, date) {
            const message = await openpgp.createCleartextMessage({ text });
            return unixLines(await openpgp.sign({ message, signingKeys: privateKey, date: dated(date), config }));
        },
    };
}
async function keySource(options, step) {
    if (options.key === undefined) {
        if (step.onGitHub) {
            throw new runner/* UserError */.yo('No OpenPGP key to sign with', {
                hint: "Give the path of an armored private key by the input 'openpgp-key'; a key made on a runner is gone after the job.",
            });
        }
        const { path, armored } = await readLocalKey(step);
        return { origin: 'local', name: path, armored };
    }
    try {
        return { origin: 'given', name: options.key, armored: await (0,promises_.readFile)(options.key, 'utf8') };
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot read the OpenPGP key ${options.key}: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: "Write it with 'gpg --armor --export-secret-keys FINGERPRINT'.",
        });
    }
}
async function readKey({ name, armored }) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        return await openpgp.readPrivateKey({ armoredKey: armored, config });
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${name} is not an armored OpenPGP private key: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: "Write it with 'gpg --armor --export-secret-keys FINGERPRINT'.",
        });
    }
}
async function unlock(key, passphrase, name) {
    if (key.isDecrypted())
        return key;
    if (!passphrase) {
        throw new runner/* UserError */.yo(`The OpenPGP key ${name} is protected by a passphrase`, {
            hint: "Give it by the input 'openpgp-passphrase'.",
        });
    }
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        return await openpgp.decryptKey({ privateKey: key, passphrase });
    }
    catch {
        throw new runner/* UserError */.yo(`The passphrase does not open the OpenPGP key ${name}`);
    }
}
async function requireValid(key, name, step) {
    const now = step.now();
    const end = await key.getExpirationTime();
    if (end instanceof Date && end <= now) {
        throw new runner/* UserError */.yo(`The OpenPGP key ${name} expired on ${end.toISOString().slice(0, 10)}`, {
            hint: 'Extend it (gpg --quick-set-expire) or sign with a new key, and publish the public key before the release.',
        });
    }
    let signer;
    let primary;
    try {
        signer = await key.getSigningKey(undefined, now);
        primary = await key.getPrimaryUser(now);
    }
    catch (error) {
        throw new runner/* UserError */.yo(`The OpenPGP key ${name} cannot sign: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: 'Its signing key is missing, revoked, expired, too weak, or dated in the future.',
        });
    }
    const bindings = 'bindingSignatures' in signer ? signer.bindingSignatures : [];
    const times = [key.getCreationTime(), signer.getCreationTime(), primary.selfCertification.created];
    const valid = [...times, ...bindings.map((binding) => binding.created)].filter((time) => time instanceof Date);
    const validFrom = new Date(Math.max(...valid.filter((time) => time <= now).map((time) => time.getTime())));
    const subkeyEnd = 'bindingSignatures' in signer ? await signer.getExpirationTime() : end;
    const ends = [end, subkeyEnd].filter((time) => time instanceof Date);
    const expires = ends.sort((left, right) => left.getTime() - right.getTime())[0];
    if (expires && expires.getTime() - now.getTime() < month) {
        step.log.warning(`The OpenPGP key ${name} expires on ${expires.toISOString().slice(0, 10)}`);
    }
    return { expires, validFrom, rsa: signer.getAlgorithmInfo().algorithm.startsWith('rsa') };
}
const unixLines = (text) => text.replaceAll('\r\n', '\n');

;// CONCATENATED MODULE: ./build/source/src/openpgp/verify.js
/**
 * Whether this key made a detached signature (armored or binary) over the bytes, valid at `date`.
 * Bytes that are no signature are not one either: who must refuse them needs no more.
 */
async function verifyDetached(publicKeyArmored, bytes, signature, date) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        const { signatures } = await openpgp.verify({
            message: await openpgp.createMessage({ binary: bytes }),
            signature: await (typeof signature === 'string'
                ? openpgp.readSignature({ armoredSignature: signature })
                : openpgp.readSignature({ binarySignature: signature })),
            verificationKeys: await openpgp.readKey({ armoredKey: publicKeyArmored }),
            date,
        });
        return await Promise.any(signatures.map((found) => found.verified));
    }
    catch {
        return false;
    }
}
/** The text inside a cleartext signature that this key made, without a final line end; undefined when it did not. */
async function verifyCleartext(publicKeyArmored, signed, date) {
    // What stands around the signature is not signed, and clients differ in what they make of it.
    if (!/^-----BEGIN PGP SIGNED MESSAGE-----\n.*\n-----END PGP SIGNATURE-----\n?$/s.test(signed))
        return undefined;
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        const { data, signatures } = await openpgp.verify({
            message: await openpgp.readCleartextMessage({ cleartextMessage: signed }),
            verificationKeys: await openpgp.readKey({ armoredKey: publicKeyArmored }),
            date,
        });
        await Promise.any(signatures.map((found) => found.verified));
        return data.replaceAll('\r\n', '\n');
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/source/src/openpgp/index.js
/**
 * OpenPGP (RFC 9580, v4 keys): the signatures that apt, dnf and rpm know. Knows nothing of packages or releases.
 */




/***/ }),

/***/ 73356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _n: () => (/* reexport */ buildPackages),
  Sg: () => (/* reexport */ readDeb),
  Wt: () => (/* reexport */ readRpm)
});

// EXTERNAL MODULE: ./build/source/src/errors/index.js
var errors = __webpack_require__(70245);
// EXTERNAL MODULE: ./build/source/src/openpgp/index.js + 3 modules
var openpgp = __webpack_require__(84129);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/source/src/packages/compression.js





/** The level of each, as payload flags name it. */
const compressionLevels = { gzip: 6, zstd: 3, xz: 6 };
const chunkSize = 1 << 18;
/**
 * Writes a file compressed. xz runs as a program, which Node does not bring; two threads in any case, since their number
 * decides the bytes.
 * @throws UserError when xz is not installed
 */
async function writeCompressed(chunks, path, compression) {
    const level = compressionLevels[compression];
    switch (compression) {
        case 'gzip':
            return (0,external_node_stream_promises_.pipeline)(chunks, (0,external_node_zlib_.createGzip)({ level, chunkSize }), withUnixOrigin, (0,external_node_fs_.createWriteStream)(path));
        case 'zstd': {
            const params = { [external_node_zlib_.constants.ZSTD_c_compressionLevel]: level, [external_node_zlib_.constants.ZSTD_c_checksumFlag]: 1 };
            return (0,external_node_stream_promises_.pipeline)(chunks, (0,external_node_zlib_.createZstdCompress)({ params, chunkSize }), (0,external_node_fs_.createWriteStream)(path));
        }
        case 'xz':
            await (0,external_node_stream_promises_.pipeline)(chunks, (0,external_node_fs_.createWriteStream)(path));
            await (0,runner/* runCommand */.d1)('xz', ['--compress', '--force', `-${level}`, '--threads=2', '--suffix=.xz', path]);
            await (0,promises_.rename)(`${path}.xz`, path);
    }
}
/** Small bytes as a gzip file, the same on every system. */
function gzipBytes(bytes, level = compressionLevels.gzip) {
    const compressed = (0,external_node_zlib_.gzipSync)(bytes, { level });
    compressed[originOffset] = unixOrigin;
    return compressed;
}
// The tenth byte of gzip (RFC 1952) names the system that wrote it, which must not make a difference.
const originOffset = 9;
const unixOrigin = 3;
async function* withUnixOrigin(chunks) {
    let offset = 0;
    for await (const chunk of chunks) {
        const position = originOffset - offset;
        if (position >= 0 && position < chunk.length)
            chunk[position] = unixOrigin;
        offset += chunk.length;
        yield chunk;
    }
}

;// CONCATENATED MODULE: ./build/source/src/packages/package.js
/** The formats a package is made in. */
const packageFormats = ['deb', 'rpm'];
/** How data is compressed, by the words of the tools that pack it. */
const compressions = (/* unused pure expression or super */ null && (['gzip', 'zstd', 'xz']));
/** When a script runs, by the words of both formats' users; each format has its own name for it. */
const scriptNames = ['preinstall', 'postinstall', 'preremove', 'postremove'];
/** How a package relates to others. `replaces` is Replaces of Debian and Obsoletes of RPM. */
const relationKinds = ['depends', 'recommends', 'suggests', 'conflicts', 'provides', 'replaces'];
const contentSize = (content) => 'bytes' in content ? content.bytes.length : content.size;
const formatVersion = ({ upstream, revision }) => `${upstream}-${revision}`;

;// CONCATENATED MODULE: ./build/source/src/packages/deb/documents.js


/** Where a package's programs lie. */
const programFolders = ['/usr/bin/', '/usr/sbin/', '/usr/libexec/', '/opt/'];
/**
 * What Debian Policy 12 wants in every package: its license and its changelog; and the word to lintian that a program
 * of Go is linked statically on purpose.
 */
function debDocuments(metadata, license, repository, entries) {
    const folder = `/usr/share/doc/${metadata.name}`;
    const document = (path, bytes) => ({
        path,
        mode: 0o644,
        kind: 'documentation',
        content: { bytes },
    });
    const programs = entries.filter((entry) => programFolders.some((start) => entry.path.startsWith(start)));
    return [
        document(`${folder}/copyright`, Buffer.from(copyright(metadata, license, repository))),
        document(`${folder}/changelog.Debian.gz`, gzipBytes(Buffer.from(changelog(metadata)), 9)),
        ...(programs.length > 0
            ? [document(`/usr/share/lintian/overrides/${metadata.name}`, Buffer.from(overrides(metadata, programs)))]
            : []),
    ];
}
function copyright(metadata, license, repository) {
    // The path of a checkout without a remote would make a difference between two machines.
    const source = repository.startsWith('https://') ? repository : 'its sources';
    const head = [
        `This package was made from ${source}, release ${metadata.release}.`,
        '',
        `Copyright: ${new Date(metadata.time * 1000).getUTCFullYear()} the authors of ${metadata.name}`,
        `License: ${metadata.license}`,
        '',
    ];
    // The text that every Debian system has is not repeated (Policy 12.5).
    if (license?.identifier === 'Apache-2.0') {
        return [
            ...head,
            'On Debian systems, the complete text of the Apache License, Version 2.0, is in the file',
            '/usr/share/common-licenses/Apache-2.0.',
            '',
        ].join('\n');
    }
    return [...head, ...(license ? [license.text.trimEnd(), ''] : [])].join('\n');
}
function changelog(metadata) {
    // RFC 5322, as dpkg-parsechangelog reads it; toUTCString differs in the zone only.
    const date = new Date(metadata.time * 1000).toUTCString().replace('GMT', '+0000');
    return [
        `${metadata.name} (${formatVersion(metadata.version)}) stable; urgency=medium`,
        '',
        `  * Release ${metadata.release}.`,
        '',
        ` -- ${metadata.maintainer}  ${date}`,
        '',
    ].join('\n');
}
function overrides(metadata, programs) {
    const lines = programs.flatMap(({ path }) => ['statically-linked-binary', 'unstripped-binary-or-object'].map((tag) => `${metadata.name}: ${tag} [${path.slice(1)}]\n`));
    return lines.join('');
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
// EXTERNAL MODULE: ./build/source/src/archive/index.js + 6 modules
var archive = __webpack_require__(43718);
;// CONCATENATED MODULE: ./build/source/src/packages/deb/read.js









/** Far above the control data of any package in use, so that a broken one cannot take the memory. */
const maximum = 16 << 20;
/**
 * The control paragraph of a package, as it stands in its control archive, with a final newline.
 * @throws UserError when the file is no package, or is a broken one
 */
async function readDeb(path) {
    const file = await (0,promises_.open)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    try {
        return { control: await readControl(file) };
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${path} is not a Debian package: ${error.message}`, {
            hint: 'It was cut off or changed; make the package again.',
            cause: error,
        });
    }
    finally {
        await file.close();
    }
}
async function readControl(file) {
    const [format, control] = await (0,archive/* readArMembers */.NS)(file);
    if (format?.name !== 'debian-binary' || !control?.name.startsWith('control.tar')) {
        throw new Error('its first members are not debian-binary and control.tar');
    }
    if (control.size > maximum)
        throw new Error('its control data is too large');
    const { buffer } = await file.read(Buffer.alloc(control.size), 0, control.size, control.offset);
    const content = await controlFile(await decompress(control.name.slice('control.tar'.length), buffer));
    const paragraph = content.replace(/^\n+|\s+$/g, '');
    if (!/^Package:/m.test(paragraph))
        throw new Error('its control file names no package');
    return `${paragraph}\n`;
}
async function decompress(suffix, bytes) {
    switch (suffix) {
        case '':
            return bytes;
        case '.gz':
            return (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(bytes, { maxOutputLength: maximum });
        case '.zst':
            return (0,external_node_util_.promisify)(external_node_zlib_.zstdDecompress)(bytes, { maxOutputLength: maximum });
        case '.xz':
            return decompressXz(bytes);
        default:
            throw new Error(`its control data is compressed as '${suffix}', which dpkg does not know`);
    }
}
// Node has no xz; `xz -d` of files keeps the bytes out of a text stream.
async function decompressXz(bytes) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'control-'));
    try {
        const path = (0,external_node_path_.join)(folder, 'control.tar');
        await (0,promises_.writeFile)(`${path}.xz`, bytes);
        const { stdout } = await (0,runner/* runCommand */.d1)('xz', ['--robot', '--list', `${path}.xz`]);
        const unpacked = Number(/^totals(?:\t[^\t]*){3}\t([0-9]+)/m.exec(stdout)?.[1] ?? Number.NaN);
        if (!(unpacked <= maximum))
            throw new Error('its control data is too large');
        await (0,runner/* runCommand */.d1)('xz', ['--decompress', `${path}.xz`]);
        return await (0,promises_.readFile)(path);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function controlFile(tar) {
    const archive = (0,tar_stream.extract)();
    archive.end(tar);
    for await (const entry of archive) {
        const { name, type } = entry.header;
        const content = await (0,consumers_.text)(entry);
        if (type === 'file' && /^(\.\/)?control$/.test(name))
            return content;
    }
    throw new Error('it has no control file');
}

;// CONCATENATED MODULE: ./build/source/src/packages/script.js
/**
 * A project's script as a part of a longer one: in a subshell, so that its `exit` ends only itself, and without the longer
 * one's `set -e` unless it asks for it. What it was called with (`$1`, `$2`) it sees as if it stood alone.
 */
function userScript(text) {
    if (text === undefined)
        return [];
    const [shebang = '', body = ''] = /^(#![^\n]*\n)?([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'))?.slice(1) ?? [];
    return ['(', / -e\n$/.test(shebang) ? 'set -e' : 'set +e', body.trimEnd(), ')'];
}
const joinScript = (lines) => `${lines.join('\n')}\n`;

;// CONCATENATED MODULE: ./build/source/src/packages/systemd.js
/** A template (`hello@.service`) is started by its instances only. */
const isTemplate = (unit) => /@\.[a-z]+$/.test(unit.name);
/** Whether `systemctl enable` has something to do: only a unit that says what wants it can be enabled. */
const isInstallable = (unit) => /^\[Install\]\s*$/m.test(unit.text);
/** The units as files of a package, in the folder where the format's tools look for them. */
const unitEntries = (units, folder) => units.map((unit) => ({
    path: `${folder}/${unit.name}`,
    mode: 0o644,
    kind: 'plain',
    content: { bytes: Buffer.from(unit.text) },
}));

;// CONCATENATED MODULE: ./build/source/src/packages/deb/scripts.js



/** Name of each script in the control archive. */
const maintainerScripts = {
    preinstall: 'preinst',
    postinstall: 'postinst',
    preremove: 'prerm',
    postremove: 'postrm',
};
/**
 * The maintainer scripts (Debian Policy 6): the project's own, and what its units need. A unit is enabled and started when
 * it is installed, as Debian's packages do, unless the administrator said otherwise; deb-systemd-helper remembers that.
 */
function debScripts(own, units) {
    const startable = units.filter((unit) => !isTemplate(unit)).map((unit) => unit.name);
    const installable = units.filter((unit) => !isTemplate(unit) && isInstallable(unit)).map((unit) => unit.name);
    const scripts = {};
    for (const name of scriptNames) {
        const ownPart = userScript(own[name]);
        const unitPart = units.length > 0 ? unitParts[name](installable, startable) : [];
        // A service stops before the project's script takes away what it stands on.
        const parts = name === 'preremove' ? [...unitPart, ...ownPart] : [...ownPart, ...unitPart];
        if (parts.length > 0)
            scripts[name] = joinScript(['#!/bin/sh', 'set -e', ...parts]);
    }
    return scripts;
}
// DPKG_ROOT is set when dpkg installs into another root, whose systemd does not run.
const running = '[ -z "$DPKG_ROOT" ] && [ -d /run/systemd/system ]';
const unitParts = {
    preinstall: () => [],
    postinstall: (installable, startable) => [
        'case "$1" in',
        'configure | abort-upgrade | abort-deconfigure | abort-remove)',
        ...installable.flatMap((unit) => [
            `  deb-systemd-helper unmask '${unit}' >/dev/null || true`,
            `  if deb-systemd-helper --quiet was-enabled '${unit}'; then`,
            `    deb-systemd-helper enable '${unit}' >/dev/null || true`,
            '  else',
            `    deb-systemd-helper update-state '${unit}' >/dev/null || true`,
            '  fi',
        ]),
        `  if ${running}; then`,
        '    systemctl --system daemon-reload >/dev/null || true',
        ...(startable.length > 0
            ? [
                '    if [ -n "$2" ]; then action=restart; else action=start; fi',
                `    deb-systemd-invoke "$action" ${quoted(startable)} >/dev/null || true`,
            ]
            : []),
        '  fi',
        '  ;;',
        'esac',
    ],
    preremove: (_, startable) => startable.length > 0
        ? [
            `if ${running} && [ "$1" = remove ]; then`,
            `  deb-systemd-invoke stop ${quoted(startable)} >/dev/null || true`,
            'fi',
        ]
        : [],
    postremove: (installable) => [
        `if ${running} && [ "$1" = remove ]; then`,
        '  systemctl --system daemon-reload >/dev/null || true',
        'fi',
        ...(installable.length > 0
            ? [
                'if [ "$1" = purge ] && command -v deb-systemd-helper >/dev/null; then',
                `  deb-systemd-helper purge ${quoted(installable)} >/dev/null || true`,
                'fi',
            ]
            : []),
    ],
};
const quoted = (units) => units.map((unit) => `'${unit}'`).join(' ');

;// CONCATENATED MODULE: ./build/source/src/packages/directories.js


/**
 * The folders above the files, each once, sorted, without the root.
 * @throws UserError when a file lies where a folder has to be
 */
function parentDirectories(entries) {
    const directories = new Set();
    for (const { path } of entries) {
        for (let folder = external_node_path_.posix.dirname(path); folder !== '/'; folder = external_node_path_.posix.dirname(folder))
            directories.add(folder);
    }
    for (const { path } of entries) {
        if (directories.has(path))
            throw new errors/* UserError */.yo(`${path} is a file and a folder of the same package`);
    }
    return [...directories].sort(byBytes);
}
/** Names are ordered by their bytes, not by a language's rules, as both formats' tools do it. */
const byBytes = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right));

;// CONCATENATED MODULE: ./build/source/src/packages/deb/ustar.js


/**
 * dpkg refuses pax headers, which a tar archive needs for a path that ustar cannot hold (POSIX.1, pax): one that does not
 * split at a slash into a prefix of 155 bytes and a name of 100.
 * @throws UserError that names the path
 */
function requireUstarPaths(entries) {
    const names = [...parentDirectories(entries).map((path) => `.${path}/`), ...entries.map((entry) => `.${entry.path}`)];
    const tooLong = names.find((name) => !fits(name));
    if (tooLong) {
        throw new errors/* UserError */.yo(`The path ${tooLong.slice(1)} is too long for a Debian package`, {
            hint: 'A name may have about 100 letters, and the folders above it 155.',
        });
    }
}
function fits(name) {
    let rest = name;
    while (rest.length > 100) {
        const slash = rest.indexOf('/');
        if (slash === -1 || slash === rest.length - 1)
            return false;
        rest = rest.slice(slash + 1);
    }
    return name.length - rest.length <= 156;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/source/src/packages/content.js



/**
 * The bytes of a content, read once; each hash is fed with them on the way. Answers their SHA-256 in hexadecimal.
 * @throws UserError when a file differs from the size or digest that it was planned with
 */
async function* readContent(content, hashes = []) {
    const sha256 = (0,external_node_crypto_.createHash)('sha256');
    const chunks = 'bytes' in content ? [content.bytes] : (0,external_node_fs_.createReadStream)(content.file, { highWaterMark: 1 << 20 });
    let size = 0;
    try {
        for await (const chunk of chunks) {
            size += chunk.length;
            sha256.update(chunk);
            for (const hash of hashes)
                hash.update(chunk);
            yield chunk;
        }
    }
    catch (error) {
        if (error.code !== 'ENOENT')
            throw error;
        throw new errors/* UserError */.yo(`File not found: ${'file' in content ? content.file : ''}`, { hint: changed });
    }
    const digest = sha256.digest('hex');
    if ('file' in content && (size !== content.size || (content.sha256 ?? digest) !== digest)) {
        throw new errors/* UserError */.yo(`${content.file} differs in size or digest from what it was when the packages were planned`, {
            hint: changed,
        });
    }
    return digest;
}
const changed = 'It was changed since; run the step that makes it again, and then this one.';
/** The same bytes, each hash fed with them on the way. */
async function* hashing(chunks, hashes) {
    for await (const chunk of chunks) {
        for (const hash of hashes)
            hash.update(chunk);
        yield chunk;
    }
}

;// CONCATENATED MODULE: ./build/source/src/packages/deb/control.js


const relationFields = {
    depends: 'Depends',
    recommends: 'Recommends',
    suggests: 'Suggests',
    conflicts: 'Conflicts',
    replaces: 'Replaces',
    provides: 'Provides',
};
/** The control file of a binary package (Debian Policy 5.3). */
function control_controlFile(deb) {
    const { metadata } = deb;
    const relations = Object.entries(relationFields).flatMap(([kind, field]) => {
        const list = deb.relations[kind];
        return list.length > 0 ? [[field, list.join(', ')]] : [];
    });
    const fields = [
        ['Package', metadata.name],
        ['Version', formatVersion(metadata.version)],
        ['Architecture', deb.architecture],
        ['Maintainer', metadata.maintainer],
        ['Installed-Size', String(installedSize(deb))],
        ...relations,
        ['Section', metadata.section],
        ['Priority', 'optional'],
        ...(metadata.homepage ? [['Homepage', metadata.homepage]] : []),
        ['Description', [metadata.summary, ...metadata.description.split('\n').map(continuationLine)].join('\n')],
    ];
    return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}
// A lone dot stands for an empty line, which would end the paragraph (Policy 5.6.13).
const continuationLine = (line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`);
// In KiB: each file rounded up, each folder one, as dpkg-gencontrol counts.
function installedSize({ entries }) {
    const files = entries.reduce((total, entry) => total + Math.ceil(contentSize(entry.content) / 1024), 0);
    return files + parentDirectories(entries).length;
}
/** Paths of the files whose changes survive an upgrade; absent when there is none. */
function conffilesFile({ entries }) {
    const paths = entries.filter((entry) => entry.kind === 'config').map((entry) => `${entry.path}\n`);
    return paths.length > 0 ? paths.join('') : undefined;
}
/** MD5 of every installed file but conffiles, in the format of md5sum(1); `digests` by path. */
const md5sumsFile = ({ entries }, digests) => entries
    .filter((entry) => entry.kind !== 'config')
    .map(({ path }) => `${digests.get(path) ?? ''}  ${path.slice(1)}\n`)
    .join('');

;// CONCATENATED MODULE: ./build/source/src/packages/deb/write.js














const suffixes = { gzip: 'gz', zstd: 'zst', xz: 'xz' };
/** Writes a Debian package (deb(5), format 2.0) to `path`; `folder` takes its data archive meanwhile. */
async function writeDeb(deb, path, options) {
    const { time } = deb.metadata;
    const dataPath = (0,external_node_path_.join)(options.folder, 'data.tar');
    const digests = new Map();
    await writeCompressed(dataArchive(deb, digests), dataPath, options.compression);
    const control = gzipBytes(await (0,consumers_.buffer)(controlArchive(deb, digests)));
    const dataSize = (await (0,promises_.stat)(dataPath)).size;
    async function* members() {
        yield Buffer.from(archive/* arMagic */.xc);
        yield (0,archive/* arMemberHeader */.jp)('debian-binary', 4, time);
        yield Buffer.from('2.0\n');
        yield (0,archive/* arMemberHeader */.jp)('control.tar.gz', control.length, time);
        yield Buffer.concat([control, padding(control.length)]);
        yield (0,archive/* arMemberHeader */.jp)(`data.tar.${suffixes[options.compression]}`, dataSize, time);
        yield* (0,external_node_fs_.createReadStream)(dataPath);
        yield padding(dataSize);
    }
    await (0,external_node_stream_promises_.pipeline)(members, (0,external_node_fs_.createWriteStream)(path));
}
const padding = (size) => Buffer.alloc(size % 2, '\n');
/** Folders before what is in them. Fills in the MD5 of each file. */
function dataArchive(deb, digests) {
    const folders = ['', ...parentDirectories(deb.entries)].map((path) => folderEntry(`.${path}/`));
    const files = deb.entries.map(({ path, mode, content }) => {
        async function* open() {
            const md5 = (0,external_node_crypto_.createHash)('md5');
            yield* readContent(content, [md5]);
            digests.set(path, md5.digest('hex'));
        }
        return { kind: 'file', path: `.${path}`, mode, size: contentSize(content), open };
    });
    return (0,archive/* tar */.yY)([...folders, ...files], timeOf(deb));
}
function controlArchive(deb, digests) {
    const conffiles = conffilesFile(deb);
    const scripts = scriptNames.flatMap((script) => {
        const text = deb.scripts[script];
        return text === undefined ? [] : [textEntry(maintainerScripts[script], text, 0o755)];
    });
    const files = [
        ...(conffiles ? [textEntry('conffiles', conffiles, 0o644)] : []),
        textEntry('control', control_controlFile(deb), 0o644),
        textEntry('md5sums', md5sumsFile(deb, digests), 0o644),
        ...scripts,
    ];
    return (0,archive/* tar */.yY)([folderEntry('./'), ...files], timeOf(deb));
}
const folderEntry = (path) => ({ kind: 'directory', path, mode: 0o755 });
function textEntry(name, text, mode) {
    const bytes = Buffer.from(text);
    return { kind: 'file', path: `./${name}`, mode, size: bytes.length, open: () => external_node_stream_.Readable.from([bytes]) };
}
const timeOf = ({ metadata }) => new Date(metadata.time * 1000);

;// CONCATENATED MODULE: ./build/source/src/packages/deb/index.js
/** Debian packages (deb(5), Debian Policy). */






;// CONCATENATED MODULE: ./build/source/src/packages/rpm/documents.js
/** The license, where rpm keeps it even when documentation is left out of an installation. */
const rpmDocuments = (metadata, license) => license
    ? [
        {
            path: `/usr/share/licenses/${metadata.name}/LICENSE`,
            mode: 0o644,
            kind: 'license',
            content: { bytes: Buffer.from(license.text) },
        },
    ]
    : [];

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/tags.js
/** Tags of the main header (rpm's rpmtag.h); the names are those of `rpm --querytags`. */
const tags = {
    headerI18nTable: 100,
    name: 1000,
    version: 1001,
    release: 1002,
    epoch: 1003,
    summary: 1004,
    description: 1005,
    buildTime: 1006,
    buildHost: 1007,
    size: 1009,
    vendor: 1011,
    license: 1014,
    packager: 1015,
    group: 1016,
    url: 1020,
    os: 1021,
    architecture: 1022,
    preInstall: 1023,
    postInstall: 1024,
    preUninstall: 1025,
    postUninstall: 1026,
    fileSizes: 1028,
    fileModes: 1030,
    fileRdevs: 1033,
    fileMtimes: 1034,
    fileDigests: 1035,
    fileLinkTos: 1036,
    fileFlags: 1037,
    fileUserName: 1039,
    fileGroupName: 1040,
    sourceRpm: 1044,
    fileVerifyFlags: 1045,
    provideName: 1047,
    requireFlags: 1048,
    requireName: 1049,
    requireVersion: 1050,
    conflictFlags: 1053,
    conflictName: 1054,
    conflictVersion: 1055,
    rpmVersion: 1064,
    changelogTime: 1080,
    changelogName: 1081,
    changelogText: 1082,
    preInstallProgram: 1085,
    postInstallProgram: 1086,
    preUninstallProgram: 1087,
    postUninstallProgram: 1088,
    obsoleteName: 1090,
    fileDevices: 1095,
    fileInodes: 1096,
    fileLangs: 1097,
    provideFlags: 1112,
    provideVersion: 1113,
    obsoleteFlags: 1114,
    obsoleteVersion: 1115,
    dirIndexes: 1116,
    baseNames: 1117,
    dirNames: 1118,
    payloadFormat: 1124,
    payloadCompressor: 1125,
    payloadFlags: 1126,
    platform: 1132,
    longSize: 5009,
    fileDigestAlgorithm: 5011,
    recommendName: 5046,
    recommendVersion: 5047,
    recommendFlags: 5048,
    suggestName: 5049,
    suggestVersion: 5050,
    suggestFlags: 5051,
    supplementName: 5052,
    supplementVersion: 5053,
    supplementFlags: 5054,
    enhanceName: 5055,
    enhanceVersion: 5056,
    enhanceFlags: 5057,
    encoding: 5062,
    payloadDigest: 5092,
    payloadDigestAlgorithm: 5093,
    payloadDigestAlternative: 5097,
};
/** Tags of the signature header. Size and MD5 speak of the main header and payload, SHA-1 and SHA-256 of the main header. */
const signatureTags = {
    eddsaHeader: 267,
    rsaHeader: 268,
    sha1Header: 269,
    longArchiveSize: 271,
    sha256Header: 273,
    size: 1000,
    md5: 1004,
    payloadSize: 1007,
};
/** The tag whose entry spans the whole header, which is then what is hashed and signed. */
const regionTags = { signature: 62, main: 63 };
/** Bits of a dependency's flags. */
const senses = {
    less: 1 << 1,
    greater: 1 << 2,
    equal: 1 << 3,
    prerequisite: 1 << 6,
    interpreter: 1 << 8,
    scriptPre: 1 << 9,
    scriptPost: 1 << 10,
    scriptPreun: 1 << 11,
    scriptPostun: 1 << 12,
    rpmlib: 1 << 24,
    config: 1 << 28,
};
/** Bits of a file's flags. */
const fileFlags = { config: 1, documentation: 2, noReplace: 16, ghost: 64, license: 128 };
/** SHA-256, as OpenPGP numbers hashes (RFC 9580, 9.5). */
const sha256Algorithm = 8;

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/header.js

const magic = Buffer.from([0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0]);
const introLength = 16;
const entryLength = 16;
const typeNumbers = { int8: 2, int16: 3, int32: 4, int64: 5, string: 6, binary: 7, strings: 8, localized: 9 };
const integerSizes = { int8: 1, int16: 2, int32: 4, int64: 8 };
/** Far above the header of any package in use, so that a broken one cannot take the memory. */
const header_maximum = { entries: 0xffff, data: 64 << 20 };
/**
 * A header structure (RPM v4): magic, index sorted by tag, data in the same order, all inside one immutable region.
 * The bytes are what the digests and signatures of a package speak of.
 */
function encodeHeader(header, region) {
    const sorted = [...header].sort(([left], [right]) => left - right);
    const index = [];
    const data = [];
    let offset = 0;
    const append = (bytes) => {
        data.push(bytes);
        offset += bytes.length;
    };
    for (const [tag, value] of sorted) {
        const alignment = 'numbers' in value ? integerSizes[value.type] : 1;
        append(Buffer.alloc((alignment - (offset % alignment)) % alignment));
        index.push(entry(tag, typeNumbers[value.type], offset, countOf(value)));
        append(encodeValue(value));
    }
    const regionEntry = entry(regionTags[region], typeNumbers.binary, offset, entryLength);
    append(entry(regionTags[region], typeNumbers.binary, -(sorted.length + 1) * entryLength, entryLength));
    const intro = Buffer.alloc(introLength);
    magic.copy(intro);
    intro.writeUInt32BE(sorted.length + 1, 8);
    intro.writeUInt32BE(offset, 12);
    return Buffer.concat([intro, regionEntry, ...index, ...data]);
}
function entry(tag, type, offset, count) {
    const bytes = Buffer.alloc(entryLength);
    bytes.writeUInt32BE(tag, 0);
    bytes.writeUInt32BE(type, 4);
    bytes.writeInt32BE(offset, 8);
    bytes.writeUInt32BE(count, 12);
    return bytes;
}
function countOf(value) {
    if ('numbers' in value)
        return value.numbers.length;
    if ('texts' in value)
        return value.texts.length;
    return 'bytes' in value ? value.bytes.length : 1;
}
function encodeValue(value) {
    if ('bytes' in value)
        return Buffer.from(value.bytes);
    if ('text' in value)
        return Buffer.from(`${value.text}\0`);
    if ('texts' in value)
        return Buffer.from(value.texts.map((text) => `${text}\0`).join(''));
    const size = integerSizes[value.type];
    const bytes = Buffer.alloc(value.numbers.length * size);
    value.numbers.forEach((number, position) => {
        if (size === 8)
            bytes.writeBigUInt64BE(BigInt(number), position * size);
        else
            bytes.writeUIntBE(number, position * size, size);
    });
    return bytes;
}
/**
 * The length in bytes of the header that begins with these 16 bytes.
 * @throws Error when none does
 */
function headerLength(intro) {
    const { entries, dataLength } = readIntro(intro);
    return introLength + entries * entryLength + dataLength;
}
const headerIntroLength = introLength;
/**
 * Reads a header of a foreign package.
 * @throws Error that says what is wrong with it
 */
function decodeHeader(bytes) {
    const { entries, dataLength } = readIntro(bytes);
    const dataStart = introLength + entries * entryLength;
    if (bytes.length < dataStart + dataLength)
        throw new Error('a header is cut off');
    const data = bytes.subarray(dataStart, dataStart + dataLength);
    const header = new Map();
    // Entries may not share data: else a small header could unfold to a huge one.
    let left = dataLength;
    for (let position = introLength; position < dataStart; position += entryLength) {
        const tag = bytes.readUInt32BE(position);
        const type = bytes.readUInt32BE(position + 4);
        const offset = bytes.readUInt32BE(position + 8);
        const count = bytes.readUInt32BE(position + 12);
        if (tag === regionTags.main || tag === regionTags.signature)
            continue;
        if (header.has(tag))
            throw new Error(`tag ${tag} stands twice in a header`);
        const { value, length } = decodeValue(data, tag, type, offset, count);
        left -= length;
        if (left < 0)
            throw new Error('entries of a header overlap');
        header.set(tag, value);
    }
    return header;
}
function readIntro(bytes) {
    if (bytes.length < introLength || !bytes.subarray(0, 4).equals(magic.subarray(0, 4))) {
        throw new Error('a header does not begin like one');
    }
    const entries = bytes.readUInt32BE(8);
    const dataLength = bytes.readUInt32BE(12);
    if (entries === 0 || entries > header_maximum.entries || dataLength > header_maximum.data) {
        throw new Error('a header says that it is larger than any');
    }
    return { entries, dataLength };
}
function decodeValue(data, tag, type, offset, count) {
    const within = (length) => {
        if (count === 0 || offset + length > data.length)
            throw new Error(`the data of tag ${tag} leaves its header`);
        return data.subarray(offset, offset + length);
    };
    switch (type) {
        case typeNumbers.int8:
            return integers('int8', within(count));
        case typeNumbers.int16:
            return integers('int16', within(count * 2));
        case typeNumbers.int32:
            return integers('int32', within(count * 4));
        case typeNumbers.int64:
            return integers('int64', within(count * 8));
        case 1: // CHAR, which no tag in use has
        case typeNumbers.binary:
            return { value: { type: 'binary', bytes: Uint8Array.from(within(count)) }, length: count };
        case typeNumbers.string:
        case typeNumbers.strings:
        case typeNumbers.localized: {
            if (count === 0 || offset > data.length)
                throw new Error(`the data of tag ${tag} leaves its header`);
            const { texts, length } = terminatedTexts(data.subarray(offset), tag, count);
            if (type === typeNumbers.strings)
                return { value: { type: 'strings', texts }, length };
            return { value: { type: type === typeNumbers.string ? 'string' : 'localized', text: texts[0] ?? '' }, length };
        }
        default:
            throw new Error(`tag ${tag} has the unknown type ${type}`);
    }
}
function integers(type, bytes) {
    const size = integerSizes[type];
    const numbers = [];
    for (let position = 0; position < bytes.length; position += size) {
        numbers.push(size === 8 ? Number(bytes.readBigUInt64BE(position)) : bytes.readUIntBE(position, size));
    }
    return { value: { type, numbers }, length: bytes.length };
}
function terminatedTexts(data, tag, count) {
    const texts = [];
    let position = 0;
    while (texts.length < count) {
        const end = data.indexOf(0, position);
        if (end === -1)
            throw new Error(`the text of tag ${tag} has no end`);
        texts.push(data.toString('utf8', position, end));
        position = end + 1;
    }
    return { texts, length: position };
}

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/read.js




const leadLength = 96;
const leadMagic = Buffer.from([0xed, 0xab, 0xee, 0xdb, 3]);
/**
 * Reads the headers of a package (RPM v4), not its payload. Digests and signature are not checked here.
 * @throws UserError when the file is no package, or is a broken one
 */
async function readRpm(path) {
    const file = await (0,promises_.open)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    try {
        return await readMetadata(file);
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${path} is not an rpm package: ${error.message}`, {
            hint: 'It was cut off or changed; make the package again.',
            cause: error,
        });
    }
    finally {
        await file.close();
    }
}
async function readMetadata(file) {
    const lead = await readAt(file, 0, leadLength);
    if (!lead.subarray(0, leadMagic.length).equals(leadMagic))
        throw new Error('it does not begin like one');
    const signature = await readHeader(file, leadLength);
    const start = Math.ceil(signature.end / 8) * 8;
    const main = await readHeader(file, start);
    return describe(signature.header, main.header, { start, end: main.end });
}
async function readHeader(file, start) {
    const length = headerLength(await readAt(file, start, headerIntroLength));
    return { header: decodeHeader(await readAt(file, start, length)), end: start + length };
}
async function readAt(file, position, length) {
    const { size } = await file.stat();
    if (position + length > size)
        throw new Error('it is cut off');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead !== length)
        throw new Error('it is cut off');
    return buffer;
}
function describe(signature, header, headerRange) {
    const name = textOf(header, tags.name);
    const version = textOf(header, tags.version);
    const release = textOf(header, tags.release);
    const architecture = textOf(header, tags.architecture);
    if (!name || !version || !release || !architecture) {
        throw new Error('its header has no name, version, release or architecture');
    }
    const signed = signature.get(signatureTags.rsaHeader) ?? signature.get(signatureTags.eddsaHeader);
    const buildTime = numberOf(header, tags.buildTime);
    return {
        name,
        architecture,
        version: { epoch: numberOf(header, tags.epoch), version, release },
        summary: textOf(header, tags.summary),
        description: textOf(header, tags.description),
        packager: textOf(header, tags.packager),
        url: textOf(header, tags.url),
        license: textOf(header, tags.license),
        vendor: textOf(header, tags.vendor),
        group: textOf(header, tags.group),
        buildHost: textOf(header, tags.buildHost),
        sourcePackage: textOf(header, tags.sourceRpm),
        buildTime,
        installedSize: numberOf(header, tags.longSize) || numberOf(header, tags.size),
        archiveSize: numberOf(signature, signatureTags.longArchiveSize) || numberOf(signature, signatureTags.payloadSize),
        headerRange,
        dependencies: dependenciesOf(header),
        files: filesOf(header),
        changelog: changelogOf(header),
        ...(signed && 'bytes' in signed ? { signature: signed.bytes } : {}),
    };
}
const dependencyTags = {
    provides: [tags.provideName, tags.provideVersion, tags.provideFlags],
    requires: [tags.requireName, tags.requireVersion, tags.requireFlags],
    conflicts: [tags.conflictName, tags.conflictVersion, tags.conflictFlags],
    obsoletes: [tags.obsoleteName, tags.obsoleteVersion, tags.obsoleteFlags],
    suggests: [tags.suggestName, tags.suggestVersion, tags.suggestFlags],
    enhances: [tags.enhanceName, tags.enhanceVersion, tags.enhanceFlags],
    recommends: [tags.recommendName, tags.recommendVersion, tags.recommendFlags],
    supplements: [tags.supplementName, tags.supplementVersion, tags.supplementFlags],
};
function dependenciesOf(header) {
    const read = (kind) => {
        const [nameTag, versionTag, flagsTag] = dependencyTags[kind];
        const versions = textsOf(header, versionTag);
        const flags = numbersOf(header, flagsTag);
        return textsOf(header, nameTag).map((name, index) => dependency(name, versions[index] ?? '', flags[index] ?? 0));
    };
    return {
        provides: read('provides'),
        requires: read('requires'),
        conflicts: read('conflicts'),
        obsoletes: read('obsoletes'),
        suggests: read('suggests'),
        enhances: read('enhances'),
        recommends: read('recommends'),
        supplements: read('supplements'),
    };
}
const comparisons = new Map([
    [senses.less, 'LT'],
    [senses.less | senses.equal, 'LE'],
    [senses.equal, 'EQ'],
    [senses.greater | senses.equal, 'GE'],
    [senses.greater, 'GT'],
]);
function dependency(name, version, flags) {
    const comparison = comparisons.get(flags & (senses.less | senses.equal | senses.greater));
    return {
        name,
        ...(comparison ? { comparison } : {}),
        version,
        pre: (flags & (senses.prerequisite | senses.scriptPre | senses.scriptPost)) !== 0,
    };
}
const directoryMode = 0o040000;
const fileTypeMask = 0o170000;
function filesOf(header) {
    const directories = textsOf(header, tags.dirNames);
    const indexes = numbersOf(header, tags.dirIndexes);
    const modes = numbersOf(header, tags.fileModes);
    const flags = numbersOf(header, tags.fileFlags);
    return textsOf(header, tags.baseNames).map((base, index) => {
        const directory = directories[indexes[index] ?? -1];
        if (directory === undefined)
            throw new Error(`the file '${base}' has no folder`);
        const isDirectory = ((modes[index] ?? 0) & fileTypeMask) === directoryMode;
        const isGhost = ((flags[index] ?? 0) & fileFlags.ghost) !== 0;
        return { path: `${directory}${base}`, type: isDirectory ? 'dir' : isGhost ? 'ghost' : 'file' };
    });
}
function changelogOf(header) {
    const authors = textsOf(header, tags.changelogName);
    const texts = textsOf(header, tags.changelogText);
    const newestFirst = numbersOf(header, tags.changelogTime).map((time, index) => ({
        author: authors[index] ?? '',
        time,
        text: texts[index] ?? '',
    }));
    return newestFirst.reverse();
}
function textOf(header, tag) {
    const value = header.get(tag);
    return value && 'text' in value ? value.text : '';
}
function textsOf(header, tag) {
    const value = header.get(tag);
    return value && 'texts' in value ? value.texts : [];
}
function numbersOf(header, tag) {
    const value = header.get(tag);
    return value && 'numbers' in value ? value.numbers : [];
}
const numberOf = (header, tag) => numbersOf(header, tag)[0] ?? 0;

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/scripts.js



/**
 * The scriptlets: the project's own, and what its units need. A unit is enabled when the system's preset says so. On an
 * upgrade rpm runs the old package's scriptlets after the new one's; `$1`, the number of versions that stay, tells an upgrade
 * from a removal.
 */
function rpmScripts(own, units) {
    const scripts = {};
    for (const name of scriptNames) {
        // rpm looks at the exit of the last command only.
        const ownPart = own[name] === undefined ? [] : [...userScript(own[name]), '[ $? -eq 0 ] || exit 1'];
        const unitPart = scripts_unitParts[name](units);
        const parts = name === 'preremove' ? [...unitPart, ...ownPart] : [...ownPart, ...unitPart];
        if (parts.length > 0)
            scripts[name] = joinScript(parts);
    }
    return scripts;
}
const scripts_unitParts = {
    preinstall: () => [],
    postinstall: (units) => {
        const installable = units.filter(isInstallable);
        return [
            ...(installable.length > 0
                ? [
                    'if [ "$1" -eq 1 ] && command -v systemctl >/dev/null 2>&1; then',
                    `  systemctl --no-reload preset ${scripts_quoted(installable)} >/dev/null 2>&1 || :`,
                    'fi',
                ]
                : []),
            ...(units.length > 0 ? daemonReload : []),
        ];
    },
    preremove: (units) => {
        const startable = units.filter((unit) => !isTemplate(unit));
        if (startable.length === 0)
            return [];
        return [
            'if [ "$1" -eq 0 ] && command -v systemctl >/dev/null 2>&1; then',
            `  systemctl --no-reload disable --now ${scripts_quoted(startable)} >/dev/null 2>&1 || :`,
            'fi',
        ];
    },
    postremove: (units) => {
        const startable = units.filter((unit) => !isTemplate(unit));
        return [
            ...(units.length > 0 ? daemonReload : []),
            ...(startable.length > 0
                ? [
                    'if [ "$1" -ge 1 ] && [ -d /run/systemd/system ]; then',
                    `  systemctl try-restart ${scripts_quoted(startable)} >/dev/null 2>&1 || :`,
                    'fi',
                ]
                : []),
        ];
    },
};
const daemonReload = [
    'if [ -d /run/systemd/system ]; then',
    '  systemctl --system daemon-reload >/dev/null 2>&1 || :',
    'fi',
];
const scripts_quoted = (units) => units.map((unit) => `'${unit.name}'`).join(' ');

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/files.js




const sizeOf = (file) => (file.content ? contentSize(file.content) : 0);
/** Folders that the distributions' own packages bring; a package owns every other one that its files lie in. */
const systemFolders = new Set([
    '/etc /etc/cron.d /etc/default /etc/logrotate.d /etc/modprobe.d /etc/modules-load.d /etc/opt /etc/profile.d /etc/sudoers.d',
    '/etc/sysconfig /etc/sysctl.d /etc/systemd /etc/systemd/system /etc/xdg',
    '/lib /opt /run /srv /usr /usr/bin /usr/include /usr/lib /usr/lib64 /usr/libexec /usr/local /usr/local/bin /usr/sbin',
    '/usr/lib/modules-load.d /usr/lib/sysctl.d /usr/lib/systemd /usr/lib/systemd/system /usr/lib/systemd/system-preset',
    '/usr/lib/systemd/user /usr/lib/sysusers.d /usr/lib/tmpfiles.d /usr/lib/udev /usr/lib/udev/rules.d',
    '/usr/share /usr/share/applications /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/doc',
    '/usr/share/fish /usr/share/fish/vendor_completions.d /usr/share/icons /usr/share/info /usr/share/licenses /usr/share/locale',
    '/usr/share/man /usr/share/man/man1 /usr/share/man/man5 /usr/share/man/man7 /usr/share/man/man8 /usr/share/zsh',
    '/usr/share/zsh/site-functions /var /var/cache /var/lib /var/log /var/opt /var/spool',
]
    .join(' ')
    .split(' '));
const directoryType = 0o040000;
const regularType = 0o100000;
const kindFlags = {
    plain: 0,
    config: fileFlags.config | fileFlags.noReplace,
    documentation: fileFlags.documentation,
    license: fileFlags.license,
};
/** The files and the folders that the package owns, in the order of the payload. */
function rpmFiles(entries) {
    const folders = parentDirectories(entries)
        .filter((path) => !systemFolders.has(path))
        .map((path) => ({ path, mode: directoryType | 0o755, flags: 0 }));
    const files = entries.map((entry) => ({
        path: entry.path,
        mode: regularType | entry.mode,
        flags: kindFlags[entry.kind],
        content: entry.content,
    }));
    return [...folders, ...files].sort((left, right) => byBytes(left.path, right.path));
}
/** The entries of the main header about the files; `digests` holds the SHA-256 of each by path. */
function fileEntries(files, digests, time) {
    if (files.length === 0)
        return [];
    const folders = [...new Set(files.map(folderOf))];
    const int16 = (read) => ({
        type: 'int16',
        numbers: files.map(read),
    });
    const int32 = (read) => ({
        type: 'int32',
        numbers: files.map(read),
    });
    const strings = (read) => ({ type: 'strings', texts: files.map(read) });
    return [
        [tags.fileSizes, int32(sizeOf)],
        [tags.fileModes, int16((file) => file.mode)],
        [tags.fileRdevs, int16(() => 0)],
        [tags.fileMtimes, int32(() => time)],
        [tags.fileDigests, strings((file) => digests.get(file.path) ?? '')],
        [tags.fileLinkTos, strings(() => '')],
        [tags.fileFlags, int32((file) => file.flags)],
        [tags.fileUserName, strings(() => 'root')],
        [tags.fileGroupName, strings(() => 'root')],
        [tags.fileVerifyFlags, int32(() => 0xffffffff)],
        [tags.fileDevices, int32(() => 1)],
        [tags.fileInodes, int32((_, index) => index + 1)],
        [tags.fileLangs, strings(() => '')],
        [tags.dirIndexes, int32((file) => folders.indexOf(folderOf(file)))],
        [tags.baseNames, strings((file) => external_node_path_.posix.basename(file.path))],
        [tags.dirNames, { type: 'strings', texts: folders }],
        [tags.fileDigestAlgorithm, { type: 'int32', numbers: [sha256Algorithm] }],
    ];
}
const folderOf = (file) => external_node_path_.posix.join(external_node_path_.posix.dirname(file.path), '/');

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/dependencies.js



const operatorSenses = {
    '<': senses.less,
    '<=': senses.less | senses.equal,
    '=': senses.equal,
    '>=': senses.greater | senses.equal,
    '>': senses.greater,
};
const scriptSenses = {
    preinstall: senses.scriptPre,
    postinstall: senses.scriptPost,
    preremove: senses.scriptPreun,
    postremove: senses.scriptPostun,
};
/** The part of `name(x86-64)` in parentheses, by which a package of one architecture is asked for. */
const isaNames = {
    aarch64: 'aarch-64',
    armv5tel: 'armv5tel-32',
    armv6hl: 'armv6hl-32',
    armv7hl: 'armv7hl-32',
    i386: 'x86-32',
    loongarch64: 'loongarch64-64',
    mips64el: 'mips-64',
    ppc64le: 'ppc-64',
    riscv64: 'riscv-64',
    s390x: 's390-64',
    x86_64: 'x86-64',
};
/** All entries of the main header that name other packages, or the package to them. */
function dependencyEntries(rpm, compression) {
    const { relations } = rpm;
    return [
        ...entries(provides(rpm), tags.provideName, tags.provideVersion, tags.provideFlags),
        ...entries(requires(rpm, compression), tags.requireName, tags.requireVersion, tags.requireFlags),
        ...entries(relations.conflicts.map(dependencies_dependency), tags.conflictName, tags.conflictVersion, tags.conflictFlags),
        ...entries(relations.replaces.map(dependencies_dependency), tags.obsoleteName, tags.obsoleteVersion, tags.obsoleteFlags),
        ...entries(relations.recommends.map(dependencies_dependency), tags.recommendName, tags.recommendVersion, tags.recommendFlags),
        ...entries(relations.suggests.map(dependencies_dependency), tags.suggestName, tags.suggestVersion, tags.suggestFlags),
    ];
}
function provides(rpm) {
    const { name, version } = rpm.metadata;
    const own = { version: formatVersion(version), flags: senses.equal };
    const isa = isaNames[rpm.architecture];
    return [
        { name, ...own },
        ...(isa ? [{ name: `${name}(${isa})`, ...own }] : []),
        ...configuration(rpm),
        ...rpm.relations.provides.map(dependencies_dependency),
    ];
}
function requires(rpm, compression) {
    const scripts = Object.keys(rpm.scripts);
    const shell = scripts.reduce((flags, script) => flags | scriptSenses[script], senses.interpreter);
    return [
        ...(scripts.length > 0 ? [{ name: '/bin/sh', version: '', flags: shell }] : []),
        ...configuration(rpm),
        ...rpm.relations.depends.map(dependencies_dependency),
        ...features(rpm, compression),
    ];
}
// A package with configuration ties it to itself, so that rpm keeps both of one version.
function configuration(rpm) {
    if (!rpm.entries.some((entry) => entry.kind === 'config'))
        return [];
    const version = formatVersion(rpm.metadata.version);
    return [{ name: `config(${rpm.metadata.name})`, version, flags: senses.equal | senses.config }];
}
/** What of the format an old rpm might not know (rpm's lib/rpmds.c names them and since when). */
function features(rpm, compression) {
    const tilde = [rpm.metadata.version.upstream, ...Object.values(rpm.relations).flat().map(versionOf)].some((version) => version.includes('~'));
    const needed = [
        ['CompressedFileNames', '3.0.4-1', true],
        ['FileDigests', '4.6.0-1', true],
        ['PayloadFilesHavePrefix', '4.0-1', true],
        ['PayloadIsXz', '5.2-1', compression === 'xz'],
        ['PayloadIsZstd', '5.4.18-1', compression === 'zstd'],
        ['TildeInVersions', '4.10.0-1', tilde],
    ];
    const flags = senses.rpmlib | senses.less | senses.equal;
    return needed
        .filter(([, , used]) => used)
        .map(([name, since]) => ({ name: `rpmlib(${name})`, version: since, flags }));
}
const versionOf = (relation) => relation.comparison?.version ?? '';
const dependencies_dependency = (relation) => ({
    name: relation.name,
    version: versionOf(relation),
    flags: relation.comparison ? operatorSenses[relation.comparison.operator] : 0,
});
// rpm looks dependencies up by halving: they have to be sorted.
function entries(list, name, version, flags) {
    if (list.length === 0)
        return [];
    const sorted = [...list].sort((left, right) => byBytes(left.name, right.name) || byBytes(left.version, right.version) || left.flags - right.flags);
    return [
        [name, { type: 'strings', texts: sorted.map((dependency) => dependency.name) }],
        [version, { type: 'strings', texts: sorted.map((dependency) => dependency.version) }],
        [flags, { type: 'int32', numbers: sorted.map((dependency) => dependency.flags) }],
    ];
}

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/main-header.js





const scriptTags = {
    preinstall: [tags.preInstall, tags.preInstallProgram],
    postinstall: [tags.postInstall, tags.postInstallProgram],
    preremove: [tags.preUninstall, tags.preUninstallProgram],
    postremove: [tags.postUninstall, tags.postUninstallProgram],
};
/** The main header (RPM v4): all that rpm knows of a package; it binds the payload by digest. */
function mainHeader(rpm, files, payload) {
    const { metadata } = rpm;
    const { name, version, time } = metadata;
    const fullVersion = formatVersion(version);
    return new Map([
        [tags.headerI18nTable, strings('C')],
        [tags.name, main_header_text(name)],
        [tags.version, main_header_text(version.upstream)],
        [tags.release, main_header_text(version.revision)],
        [tags.summary, localized(metadata.summary)],
        [tags.description, localized(metadata.description)],
        [tags.buildTime, int32(time)],
        // The name of the machine would make a difference; this is what distributions write instead.
        [tags.buildHost, main_header_text('reproducible')],
        [tags.size, int32(files.reduce((total, file) => total + sizeOf(file), 0))],
        [tags.license, main_header_text(metadata.license)],
        [tags.packager, main_header_text(metadata.maintainer)],
        [tags.group, localized('Applications/System')],
        ...(metadata.homepage ? [[tags.url, main_header_text(metadata.homepage)]] : []),
        [tags.os, main_header_text('linux')],
        [tags.architecture, main_header_text(rpm.architecture)],
        ...scriptEntries(rpm),
        // Without it rpm takes the package for a source package.
        [tags.sourceRpm, main_header_text(`${name}-${fullVersion}.src.rpm`)],
        [tags.changelogTime, int32(time)],
        [tags.changelogName, strings(`${metadata.maintainer} - ${fullVersion}`)],
        [tags.changelogText, strings(`- Release ${metadata.release}.`)],
        ...fileEntries(files, payload.fileDigests, time),
        ...dependencyEntries(rpm, payload.compression),
        [tags.payloadFormat, main_header_text('cpio')],
        [tags.payloadCompressor, main_header_text(payload.compression)],
        [tags.payloadFlags, main_header_text(String(compressionLevels[payload.compression]))],
        [tags.platform, main_header_text(`${rpm.architecture}-linux`)],
        [tags.encoding, main_header_text('utf-8')],
        [tags.payloadDigest, strings(payload.digest)],
        [tags.payloadDigestAlgorithm, int32(sha256Algorithm)],
        [tags.payloadDigestAlternative, strings(payload.uncompressedDigest)],
    ]);
}
function scriptEntries({ scripts }) {
    return Object.entries(scriptTags).flatMap(([name, [script, program]]) => {
        const content = scripts[name];
        if (content === undefined)
            return [];
        return [
            [script, main_header_text(content)],
            [program, main_header_text('/bin/sh')],
        ];
    });
}
const main_header_text = (value) => ({ type: 'string', text: value });
const localized = (value) => ({ type: 'localized', text: value });
const strings = (...texts) => ({ type: 'strings', texts });
const int32 = (...numbers) => ({ type: 'int32', numbers });

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/write.js













// Sizes have 32 bits; the rest is for names and what compression may add.
const maximumSize = 0xf0000000;
/** Writes an RPM package (version 4 of the format) to `path`; `folder` takes its payload meanwhile. */
async function writeRpm(rpm, path, options) {
    const { compression, sign } = options;
    const payloadPath = (0,external_node_path_.join)(options.folder, 'payload');
    const files = rpmFiles(rpm.entries);
    const uncompressed = (0,external_node_crypto_.createHash)('sha256');
    const fileDigests = new Map();
    const archiveSize = payloadSize(files, rpm);
    const archive = hashing(payload(files, rpm.metadata.time, fileDigests), [uncompressed]);
    await writeCompressed(archive, payloadPath, compression);
    const digest = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(payloadPath))
        digest.update(chunk);
    const header = encodeHeader(mainHeader(rpm, files, {
        compression,
        digest: digest.digest('hex'),
        uncompressedDigest: uncompressed.digest('hex'),
        fileDigests,
    }), 'main');
    const md5 = (0,external_node_crypto_.createHash)('md5').update(header);
    let size = header.length;
    for await (const chunk of (0,external_node_fs_.createReadStream)(payloadPath)) {
        md5.update(chunk);
        size += chunk.length;
    }
    const signature = encodeHeader(new Map([
        ...(sign ? [await signatureEntry(header, sign)] : []),
        [signatureTags.sha1Header, { type: 'string', text: (0,external_node_crypto_.createHash)('sha1').update(header).digest('hex') }],
        [signatureTags.sha256Header, { type: 'string', text: (0,external_node_crypto_.createHash)('sha256').update(header).digest('hex') }],
        [signatureTags.size, { type: 'int32', numbers: [size] }],
        [signatureTags.md5, { type: 'binary', bytes: md5.digest() }],
        [signatureTags.payloadSize, { type: 'int32', numbers: [archiveSize] }],
    ]), 'signature');
    async function* parts() {
        yield lead(rpm);
        yield signature;
        yield Buffer.alloc((8 - (signature.length % 8)) % 8);
        yield header;
        yield* (0,external_node_fs_.createReadStream)(payloadPath);
    }
    await (0,external_node_stream_promises_.pipeline)(parts, (0,external_node_fs_.createWriteStream)(path));
}
async function signatureEntry(header, sign) {
    const { rsa, binary } = await sign(header);
    return [rsa ? signatureTags.rsaHeader : signatureTags.eddsaHeader, { type: 'binary', bytes: binary }];
}
const entryHeader = (file, index, time) => (0,archive/* cpioHeader */.Jt)({ name: `.${file.path}`, inode: index + 1, mode: file.mode, size: sizeOf(file), time });
/** Bytes of the payload before it is compressed. */
function payloadSize(files, rpm) {
    if (files.reduce((total, file) => total + sizeOf(file), 0) > maximumSize) {
        throw new errors/* UserError */.yo(`The files of ${rpm.metadata.name} are larger than an rpm package can hold (4 GB)`);
    }
    return files.reduce((total, file, index) => total + entryHeader(file, index, 0).length + sizeOf(file) + (0,archive/* cpioPadding */.nu)(sizeOf(file)).length, (0,archive/* cpioTrailer */.$x)().length);
}
/** The cpio archive of the files. Fills in the SHA-256 of each. */
async function* payload(files, time, digests) {
    for (const [index, file] of files.entries()) {
        yield entryHeader(file, index, time);
        if (!file.content)
            continue;
        digests.set(file.path, yield* readContent(file.content));
        yield (0,archive/* cpioPadding */.nu)(sizeOf(file));
    }
    yield (0,archive/* cpioTrailer */.$x)();
}
/** What rpm's lead calls an architecture; rpm itself reads it in the header. */
const leadArchitectures = {
    aarch64: 19,
    armv5tel: 12,
    armv6hl: 12,
    armv7hl: 12,
    i386: 1,
    loongarch64: 23,
    mips64el: 11,
    ppc64le: 16,
    riscv64: 22,
    s390x: 15,
    x86_64: 1,
};
/** The first 96 bytes: long without a meaning but the magic, kept for file(1) and old tools. */
function lead(rpm) {
    const bytes = Buffer.alloc(96);
    Buffer.from([0xed, 0xab, 0xee, 0xdb, 3, 0]).copy(bytes);
    bytes.writeUInt16BE(leadArchitectures[rpm.architecture] ?? 255, 8);
    bytes.write(`${rpm.metadata.name}-${formatVersion(rpm.metadata.version)}`.slice(0, 65), 10, 'latin1');
    bytes.writeUInt16BE(1, 76);
    bytes.writeUInt16BE(5, 78);
    return bytes;
}

;// CONCATENATED MODULE: ./build/source/src/packages/rpm/index.js
/** RPM packages, version 4 of the format. */





;// CONCATENATED MODULE: ./build/source/src/packages/apply.js








/** As the IANA registry and file(1) name them. */
const mediaTypes = { deb: 'application/vnd.debian.binary-package', rpm: 'application/x-rpm' };
/** Under which the record has parameters and dependencies. */
const action = 'build-packages';
/**
 * Makes the packages side by side, puts them into `files/` when all of them are made, and records them.
 * @param signingKey signs the rpm packages; deb packages are proven by their repository
 * @throws FailedItems that names every package that could not be made; then nothing was changed
 */
async function applyPackages(release, plan, signingKey, step) {
    const { directory, record } = release;
    if (plan.packages.length === 0 && (0,src_release/* fileSubjects */.QC)(record, 'package').length === 0)
        return { release, built: [], changed: false };
    const folder = await temporaryFolder(directory);
    try {
        const made = await makeAll(plan.packages, folder, signingKey, step);
        const built = [];
        for (const { planned, path } of made) {
            built.push(await place(release, planned, path).catch((error) => {
                throw mistake(error, planned.fileName);
            }));
        }
        const subjects = built.map(({ subject }) => subject);
        const updated = (0,src_release/* withoutStaleEvidence */.p_)(await (0,src_release/* writeChecksums */.gD)(directory, withPackages(record, plan, subjects)));
        await removeStale(directory, record, updated);
        const saved = await (0,src_release/* saveRelease */.DR)(directory, updated);
        return { release: saved, built, changed: saved.changed || built.some(({ changed }) => changed) };
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
/** The record with these packages and no others. */
function withPackages(record, { parameters, dependencies }, packages) {
    const others = record.subjects.filter((subject) => subject.kind === 'image' || subject.role !== 'package');
    const build = {
        parameters: { ...record.build.parameters, [action]: parameters },
        dependencies: { ...record.build.dependencies, [action]: dependencies },
    };
    return (0,src_release/* withSubjects */.gN)({ ...record, build, subjects: others }, packages);
}
/** Files that the record named and no longer names; before it is saved, so that after a crash the next run knows them. */
async function removeStale(directory, before, after) {
    const pathsOf = (record) => [...(0,src_release/* fileSubjects */.QC)(record), ...record.evidence].map(({ path }) => path);
    const kept = new Set(pathsOf(after));
    const stale = pathsOf(before).filter((path) => !kept.has(path));
    await Promise.all(stale.map((path) => (0,promises_.rm)((0,external_node_path_.join)(directory, path), { force: true })));
}
// Beside the files, so that a finished package is moved and not copied.
const temporaryFolder = (directory) => (0,promises_.mkdtemp)((0,external_node_path_.join)(directory, '.build-packages-')).catch((error) => {
    throw new errors/* UserError */.yo(`Cannot write to ${directory}: ${(0,errors/* describeError */.Uc)(error)}`, {
        hint: 'Check that the folder is writable.',
    });
});
async function makeAll(plan, folder, signingKey, step) {
    const progress = step.progress('Making packages', plan.length, 'items');
    const failures = [];
    const made = await (0,runner/* mapConcurrently */.X2)(plan, (0,external_node_os_.availableParallelism)(), async (planned) => {
        step.signal.throwIfAborted();
        const path = (0,external_node_path_.join)(folder, planned.fileName);
        const own = await (0,promises_.mkdtemp)((0,external_node_path_.join)(folder, 'work-'));
        try {
            await make(planned, path, own, signingKey);
        }
        catch (error) {
            failures.push(mistake(error, planned.fileName));
        }
        finally {
            await (0,promises_.rm)(own, { recursive: true, force: true });
        }
        progress.advance();
        return { planned, path };
    });
    progress.done();
    if (failures.length > 0)
        throw new errors/* FailedItems */.uE('Packages', failures);
    return made;
}
/** What the user can mend about one package: bad input, or a disk that is full or not writable. All else is a bug. */
function mistake(error, fileName) {
    const { message, hint, syscall } = error;
    if (!(error instanceof errors/* UserError */.yo) && syscall === undefined)
        throw error;
    return new errors/* UserError */.yo(`${fileName}: ${message}`, { ...(hint ? { hint } : {}), cause: error });
}
function make(planned, path, folder, signingKey) {
    const { compression } = planned;
    if (planned.format === 'deb')
        return writeDeb(planned.package, path, { compression, folder });
    const date = new Date(planned.package.metadata.time * 1000);
    const sign = signingKey &&
        (async (header) => ({ rsa: signingKey.rsa, binary: (await signingKey.signDetached(header, date)).binary }));
    return writeRpm(planned.package, path, { compression, folder, sign });
}
async function place(release, planned, path) {
    const hashes = await (0,src_release/* hashFile */.DC)(path);
    const target = (0,external_node_path_.join)(release.directory, 'files', planned.fileName);
    const existing = await (0,src_release/* hashFile */.DC)(target).catch(() => undefined);
    const changed = existing?.sha256 !== hashes.sha256;
    if (changed)
        await (0,promises_.rename)(path, target);
    const subject = {
        kind: 'file',
        name: planned.fileName,
        path: `files/${planned.fileName}`,
        role: 'package',
        ...(planned.platform ? { platform: planned.platform } : {}),
        mediaType: mediaTypes[planned.format],
        ...hashes,
    };
    return { planned, subject, changed };
}

// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/packages/commands.js


/** The commands of a release for Linux: its binaries, whose names end with their platform (`hello-linux-armv7`). */
function linuxCommands(record) {
    const byPlatform = new Map();
    for (const subject of (0,src_release/* fileSubjects */.QC)(record, 'binary')) {
        const { platform } = subject;
        if (platform?.os !== 'linux')
            continue;
        const key = (0,oci/* formatPlatform */.Bq)(platform);
        const entry = byPlatform.get(key) ?? { platform, commands: new Map() };
        byPlatform.set(key, entry);
        entry.commands.set(commandName(subject.name, platform), subject);
    }
    return [...byPlatform.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
}
// The variant follows the architecture as Go names it: `armv7`.
function commandName(name, { os, architecture, variant = '' }) {
    const suffix = `-${os}-${architecture}${variant}`;
    return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

;// CONCATENATED MODULE: ./build/source/src/packages/dependencies.js


/** What makes packages beside the release and the project: the compressors, on whose versions the bytes depend. */
async function packageDependencies(plan) {
    const used = new Set(plan.map(({ compression }) => compression));
    // The control archive and the changelog of a deb are gzip in any case.
    if (plan.some(({ format }) => format === 'deb'))
        used.add('gzip');
    return Promise.all([...used].sort().map(compressor));
}
async function compressor(compression) {
    switch (compression) {
        case 'gzip':
            return { name: 'zlib', uri: `pkg:generic/zlib@${process.versions.zlib}` };
        case 'zstd':
            return { name: 'zstd', uri: `pkg:generic/zstd@${process.versions.zstd}` };
        case 'xz':
            return { name: 'liblzma', uri: `pkg:generic/liblzma@${await lzmaVersion()}` };
    }
}
async function lzmaVersion() {
    const { stdout } = await (0,runner/* runCommand */.d1)('xz', ['--version']);
    const version = /^liblzma (\S+)$/m.exec(stdout)?.[1];
    if (version)
        return version;
    throw new errors/* UserError */.yo("The program 'xz' does not say its version", { hint: 'Install XZ Utils.' });
}

;// CONCATENATED MODULE: ./build/source/src/packages/license.js
const known = [
    ['Apache-2.0', /Apache License\s+Version 2\.0, January 2004/],
    ['MIT', /Permission is hereby granted, free of charge, to any person obtaining a copy/],
    ['BSD-3-Clause', /Redistribution and use in source and binary forms[\s\S]*Neither the name/],
    ['MPL-2.0', /Mozilla Public License Version 2\.0/],
];
/** Which license a text is, by the words that no other has. */
const readLicense = (text) => ({
    identifier: known.find(([, pattern]) => pattern.test(text))?.[0],
    text,
});

;// CONCATENATED MODULE: ./build/source/src/packages/observe.js







const licenseNames = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'COPYING'];
/**
 * Finds the files that the specs name below the project.
 * @throws UserError when one is missing or lies outside the project
 */
async function observeProject(project, specs, step) {
    const packages = new Map();
    for (const spec of specs) {
        packages.set(spec.name, {
            entries: (await Promise.all(spec.files.map((file) => entriesOf(project, file, step)))).flat(),
            units: await Promise.all(spec.systemdUnits.map((path) => unitOf(project, path, spec))),
            scripts: await scriptsOf(project, spec),
        });
    }
    return { license: await licenseOf(project), packages };
}
async function entriesOf(project, spec, step) {
    const sources = await (0,runner/* findFiles */.lY)([spec.source], step, project).catch((error) => {
        throw error instanceof errors/* UserError */.yo ? new errors/* UserError */.yo(`${spec.place}.source: ${error.message}`, { cause: error }) : error;
    });
    const toFolder = spec.destination.endsWith('/');
    if (sources.length !== 1 && !toFolder) {
        throw new errors/* UserError */.yo(`${spec.place}.source: '${spec.source}' finds ${sources.length} files for one destination`, {
            hint: `End the destination with '/' to make it a folder: ${spec.destination}/`,
        });
    }
    return Promise.all(sources.map(async (source) => {
        const { file, executable } = await projectFile(project, source, `${spec.place}.source`);
        const path = toFolder ? external_node_path_.posix.join(spec.destination, installedName(source, spec)) : spec.destination;
        const { size, sha256 } = await (0,src_release/* hashFile */.DC)(file);
        return {
            source: (0,external_node_path_.relative)(project, source).split(external_node_path_.sep).join('/'),
            sha256,
            path,
            mode: spec.mode ?? (executable ? 0o755 : 0o644),
            kind: kindOf(path, spec),
            content: { file, size, sha256 },
        };
    }));
}
const documentFolders = ['/usr/share/doc/', '/usr/share/man/', '/usr/share/info/'];
function kindOf(path, { config }) {
    if (config ?? path.startsWith('/etc/'))
        return 'config';
    if (path.startsWith('/usr/share/licenses/'))
        return 'license';
    return documentFolders.some((folder) => path.startsWith(folder)) ? 'documentation' : 'plain';
}
function installedName(source, spec) {
    const name = (0,external_node_path_.basename)(source);
    // Control files of both formats list paths a line, and rpm's has no way to write these.
    if (!/^[A-Za-z0-9_.+@:~,=%-]+$/.test(name)) {
        throw new errors/* UserError */.yo(`${spec.place}.source: the name '${name}' cannot be installed`, {
            hint: 'Names may hold letters, digits and _ . + @ : ~ , = % -',
        });
    }
    return name;
}
async function unitOf(project, path, spec) {
    const place = `${spec.place}.systemd-units`;
    const text = await documentText(project, path, place);
    return { name: (0,external_node_path_.basename)(path), text, source: path };
}
async function scriptsOf(project, spec) {
    const texts = { deb: {}, rpm: {} };
    for (const format of packageFormats) {
        for (const name of scriptNames) {
            const path = spec.scripts[format][name];
            if (path === undefined)
                continue;
            const place = `${spec.place}.scripts.${name}`;
            const text = await documentText(project, path, place);
            if (text.startsWith('#!') && !/^#! ?\/bin\/sh( -e)?\r?\n/.test(text)) {
                throw new errors/* UserError */.yo(`${place}: ${path} is not a script of /bin/sh`, {
                    hint: 'It runs on machines where nothing else need be installed: begin it with #!/bin/sh.',
                });
            }
            texts[format][name] = text;
        }
    }
    return texts;
}
async function licenseOf(project) {
    for (const name of licenseNames) {
        const text = await (0,promises_.readFile)((0,external_node_path_.join)(project, name), 'utf8').catch(() => undefined);
        if (text !== undefined)
            return { ...readLicense(text), source: name };
    }
    return undefined;
}
async function documentText(project, path, place) {
    const { file } = await projectFile(project, (0,external_node_path_.resolve)(project, path), place);
    return (0,promises_.readFile)(file, 'utf8');
}
// A spec is the project's own, but a link or `..` in it must not bring a file of the building machine into a package.
async function projectFile(project, path, place) {
    const found = await (0,promises_.realpath)(path).catch(() => undefined);
    const status = found === undefined ? undefined : await (0,promises_.stat)(found);
    if (found === undefined || !status?.isFile()) {
        throw new errors/* UserError */.yo(`${place}: no file ${(0,external_node_path_.relative)(project, path)} in ${project}`);
    }
    const inside = (0,external_node_path_.relative)(await (0,promises_.realpath)(project), found);
    if (inside === '..' || inside.startsWith(`..${external_node_path_.sep}`)) {
        throw new errors/* UserError */.yo(`${place}: ${(0,external_node_path_.relative)(project, path)} lies outside the project`);
    }
    return { file: found, executable: (status.mode & 0o111) !== 0 };
}

;// CONCATENATED MODULE: ./build/source/src/packages/architecture.js


/** A package that runs anywhere: it holds no command. */
const anyArchitecture = { deb: 'all', rpm: 'noarch' };
/** What each format calls a platform of Linux: GOARCH, and GOARM as the variant (7 where absent, as Go has it). */
const architectures = {
    '386': { deb: 'i386', rpm: 'i386' },
    amd64: { deb: 'amd64', rpm: 'x86_64' },
    arm: { deb: 'armhf', rpm: 'armv7hl' },
    'arm/v5': { deb: 'armel', rpm: 'armv5tel' },
    'arm/v6': { deb: 'armhf', rpm: 'armv6hl' },
    'arm/v7': { deb: 'armhf', rpm: 'armv7hl' },
    arm64: { deb: 'arm64', rpm: 'aarch64' },
    loong64: { deb: 'loong64', rpm: 'loongarch64' },
    mips64le: { deb: 'mips64el', rpm: 'mips64el' },
    ppc64le: { deb: 'ppc64el', rpm: 'ppc64le' },
    riscv64: { deb: 'riscv64', rpm: 'riscv64' },
    s390x: { deb: 's390x', rpm: 's390x' },
};
/** @throws UserError when the formats have no name for it */
function architectureOf(platform) {
    const { architecture, variant } = platform;
    // Variants other than arm's (amd64/v3) are finer than the formats' names.
    const name = architecture === 'arm' && variant ? `arm/${variant}` : architecture;
    const known = architectures[name];
    if (!known) {
        throw new errors/* UserError */.yo(`No package can be made for ${(0,oci/* formatPlatform */.Bq)(platform)}`, {
            hint: `Packages are made for linux/${Object.keys(architectures).join(', linux/')}; build the others in a release of their own.`,
        });
    }
    return known;
}

;// CONCATENATED MODULE: ./build/source/src/packages/version.js

/**
 * A release's version as both dpkg and rpm order it. `v1.2.3-rc.1` becomes `1.2.3~rc.1`, since a tilde sorts before the end
 * of a version and a hyphen does not; other hyphens, which RPM has no place for, become dots. Build metadata stays: `1.2.3+5`
 * is later than `1.2.3`. A pseudo-version of Go (`v0.0.0-20261101120000-0123456789ab`) orders by its time.
 * @throws UserError when the version does not begin with a number
 */
function packageVersion(version, revision) {
    const [, core, metadata] = /^v?([0-9][^+]*)(?:\+(.*))?$/.exec(version) ?? [];
    if (core === undefined) {
        throw new errors/* UserError */.yo(`The version '${version}' cannot be a package's: it does not begin with a number`, {
            hint: 'Tag the release as vMAJOR.MINOR.PATCH, or give the build step such a version.',
        });
    }
    const upstream = [core.replace('-', '~'), ...(metadata ? [metadata] : [])].join('+').replaceAll(/[-_]/g, '.');
    return { upstream, revision };
}

;// CONCATENATED MODULE: ./build/source/src/packages/plan.js











/**
 * gzip for deb: dpkg before Debian 12 and its lintian know no zstd, and xz takes ten times as long. zstd for rpm: every
 * rpm still maintained reads it, it packs tighter than gzip and takes a quarter of its time.
 */
const defaultCompression = { deb: 'gzip', rpm: 'zstd' };
// deb-systemd-helper finds units in /usr/lib only since 2022; systemd reads both.
const unitFolders = { deb: '/lib/systemd/system', rpm: '/usr/lib/systemd/system' };
/**
 * The packages of a release, sorted by name.
 * @throws UserError when a spec asks for a command that the release does not have, or two files would take one place
 */
function planPackages(release, specs, project, options) {
    const platforms = linuxCommands(release.record);
    const planned = specs.flatMap((spec) => {
        const contents = project.packages.get(spec.name);
        if (!contents)
            throw new Error(`the project's files for ${spec.name} were not observed`);
        return variantsOf(spec, contents, platforms).flatMap((variant) => options.formats.map((format) => planOne(release, spec, project, contents, variant, format, options)));
    });
    const names = new Set();
    for (const { fileName } of planned) {
        if (names.has(fileName)) {
            throw new errors/* UserError */.yo(`Two packages have the name ${fileName}`, {
                hint: 'Two platforms of the release have one architecture in packages; make them in two releases.',
            });
        }
        names.add(fileName);
    }
    return planned.sort((left, right) => byBytes(left.fileName, right.fileName));
}
function variantsOf(spec, contents, platforms) {
    const wanted = wantedCommands(spec, platforms);
    if (wanted.length === 0) {
        if (contents.entries.length + contents.units.length > 0)
            return [{ commands: new Map() }];
        throw new errors/* UserError */.yo(`${spec.place}: the package '${spec.name}' would be empty`, {
            hint: 'The release has no command for Linux: build one for linux/amd64, or name files.',
        });
    }
    return platforms.flatMap(({ platform, commands }) => {
        const chosen = new Map([...commands].filter(([name]) => wanted.includes(name)));
        if (chosen.size === 0)
            return [];
        const missing = wanted.find((name) => !chosen.has(name));
        if (missing) {
            throw new errors/* UserError */.yo(`${spec.place}.binaries: the release has '${missing}' for some platforms, but not for ${platform.architecture}`, { hint: 'Build all commands of a package for the same platforms, or put them into two packages.' });
        }
        return [{ platform, commands: chosen }];
    });
}
/** Names of the commands that a package holds: those that it names, else its namesake, else all. */
function wantedCommands(spec, platforms) {
    const all = new Set(platforms.flatMap(({ commands }) => [...commands.keys()]));
    const wanted = spec.binaries ?? (all.has(spec.name) ? [spec.name] : [...all]);
    for (const name of wanted) {
        if (all.has(name))
            continue;
        const near = (0,runner/* suggest */.ZA)(name, all);
        throw new errors/* UserError */.yo(`${spec.place}.binaries: the release has no command '${name}' for Linux`, {
            hint: near ? `Did you mean '${near}'?` : `It has ${[...all].sort().join(', ') || 'none'}.`,
        });
    }
    return wanted;
}
function planOne(release, spec, project, contents, variant, format, options) {
    const { record } = release;
    const metadata = metadataOf(release, spec, project, [...variant.commands.keys()]);
    const architecture = (variant.platform ? architectureOf(variant.platform) : anyArchitecture)[format];
    const own = [
        ...commandEntries(release.directory, variant.commands),
        ...unitEntries(contents.units, unitFolders[format]),
        ...contents.entries,
    ];
    const documents = format === 'deb'
        ? debDocuments(metadata, project.license, record.source.repository, own)
        : rpmDocuments(metadata, project.license);
    const entries = requireDistinct([...own, ...documents], spec);
    if (format === 'deb')
        requireUstarPaths(entries);
    const common = {
        ...(variant.platform ? { platform: variant.platform } : {}),
        compression: options.compression ?? defaultCompression[format],
    };
    const { name, version } = metadata;
    return format === 'deb'
        ? {
            ...common,
            format,
            fileName: `${name}_${formatVersion(version)}_${architecture}.deb`,
            package: {
                metadata,
                architecture,
                relations: spec.relations.deb,
                entries,
                scripts: debScripts(contents.scripts.deb, contents.units),
            },
        }
        : {
            ...common,
            format,
            fileName: `${name}-${formatVersion(version)}.${architecture}.rpm`,
            package: {
                metadata,
                architecture,
                relations: spec.relations.rpm,
                entries,
                scripts: rpmScripts(contents.scripts.rpm, contents.units),
            },
        };
}
function metadataOf({ record }, spec, project, commands) {
    const { repository } = record.source;
    const homepage = spec.homepage ?? (repository.startsWith('https://') ? repository : undefined);
    const held = commands.length > 0 ? `the commands ${commands.join(', ')}` : 'files';
    return {
        name: spec.name,
        version: packageVersion(record.version, spec.revision),
        summary: spec.summary ?? `Release of the project ${record.project}`,
        description: spec.description ?? `It holds ${held} of ${record.project} ${record.version}.`,
        maintainer: spec.maintainer ?? defaultMaintainer(record.project, repository),
        ...(homepage ? { homepage } : {}),
        license: spec.license ?? project.license?.identifier ?? 'LicenseRef-unknown',
        section: spec.section ?? 'utils',
        release: record.version,
        time: Math.floor(Date.parse(record.source.commitTime) / 1000),
    };
}
// An address that reaches nobody by mail, and tells where the project is.
function defaultMaintainer(project, repository) {
    const owner = /^https:\/\/github\.com\/([A-Za-z0-9-]+)\//.exec(repository)?.[1];
    return `The ${project} maintainers <${owner ?? project}@users.noreply.github.com>`;
}
const commandEntries = (directory, commands) => [...commands].map(([name, { path, size, sha256 }]) => ({
    path: `/usr/bin/${name}`,
    mode: 0o755,
    kind: 'plain',
    content: { file: (0,external_node_path_.join)(directory, path), size, sha256 },
}));
function requireDistinct(entries, spec) {
    const paths = new Set();
    for (const { path } of entries) {
        if (paths.has(path))
            throw new errors/* UserError */.yo(`${spec.place}: two files of the package lie at ${path}`);
        paths.add(path);
    }
    parentDirectories(entries);
    return [...entries].sort((left, right) => byBytes(left.path, right.path));
}

;// CONCATENATED MODULE: ./build/source/src/packages/relation.js

const debianOperators = {
    '<': '<<',
    '<=': '<=',
    '=': '=',
    '>=': '>=',
    '>': '>>',
};
const operators = {
    '<<': '<',
    '<': '<',
    '<=': '<=',
    '=': '=',
    '>=': '>=',
    '>': '>',
    '>>': '>',
};
/**
 * `iptables >= 1.4.21` (RPM) or `iptables (>= 1.4.21)` (Debian); either may be written for both formats.
 * @throws UserError that names the place
 */
function parseRelation(text, place) {
    const [, name, open, operator, version, close] = /^([A-Za-z0-9/_][^\s<>=,|[\]]*)(?:\s*(\()?\s*(<<|<=|=|>=|>>|<|>)\s*([0-9A-Za-z.+~^:-]+)\s*(\))?)?$/.exec(text) ?? [];
    if (name === undefined || (open === undefined) !== (close === undefined)) {
        throw new errors/* UserError */.yo(`${place}: '${text}' is not a relation to a package`, {
            hint: "Write a name, or a name and a version as in 'iptables >= 1.4.21'; alternatives (|) are Debian's alone: write them below 'deb'.",
        });
    }
    const comparison = operator === undefined ? undefined : operators[operator];
    return { name, ...(comparison && version ? { comparison: { operator: comparison, version } } : {}) };
}
/** `iptables >= 1.4.21`. */
const formatRelation = ({ name, comparison }) => comparison ? `${name} ${comparison.operator} ${comparison.version}` : name;
/** `iptables (>= 1.4.21)`. */
const formatDebianRelation = ({ name, comparison }) => comparison ? `${name} (${debianOperators[comparison.operator]} ${comparison.version})` : name;
const debianRelation = /^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?( \((<<|<=|=|>=|>>) [0-9A-Za-z.+~:-]+\))?( \[!?[a-z0-9-]+( !?[a-z0-9-]+)*\])?$/;
/**
 * A relation in Debian's syntax (Policy 7.1), with alternatives: `mount | util-linux (>= 2.0)`.
 * @throws UserError that names the place
 */
function parseDebianRelation(text, place) {
    if (text.split(' | ').every((alternative) => debianRelation.test(alternative)))
        return text;
    // The RPM way of writing a version is understood here too.
    const relation = formatDebianRelation(parseRelation(text, place));
    if (debianRelation.test(relation))
        return relation;
    throw new errors/* UserError */.yo(`${place}: '${text}' is not a relation of a Debian package`, {
        hint: "Write it as in 'iptables (>= 1.4.21)', in lower case.",
    });
}

;// CONCATENATED MODULE: ./build/source/src/packages/parameters.js





/**
 * Every input that has an effect on the packages, with defaults resolved and globs expanded: SLSA's external parameters.
 * Files of the project are told by their SHA-256, since nothing else says that they are the commit's.
 * @param signer fingerprint of the OpenPGP key that signs the rpm packages
 */
function packageParameters(record, specs, project, plan, signer) {
    const formats = packageFormats.filter((format) => plan.some((planned) => planned.format === format));
    const platforms = linuxCommands(record);
    return {
        packages: specs.flatMap((spec) => {
            const contents = project.packages.get(spec.name);
            const metadata = plan.find((planned) => planned.package.metadata.name === spec.name)?.package.metadata;
            if (!contents || !metadata)
                return [];
            return [specParameters(spec, contents, metadata, [...wantedCommands(spec, platforms)].sort(), formats)];
        }),
        ...(project.license ? { license: { source: project.license.source, sha256: sha256Of(project.license.text) } } : {}),
        formats,
        compression: Object.fromEntries(plan.map(({ format, compression }) => [format, compression])),
        ...(signer === undefined ? {} : { 'openpgp-key': signer }),
    };
}
function specParameters(spec, contents, metadata, commands, formats) {
    const { name, summary, description, maintainer, homepage, license, section, version } = metadata;
    const relations = relationKinds.flatMap((kind) => {
        const perFormat = { deb: spec.relations.deb[kind], rpm: spec.relations.rpm[kind].map(formatRelation) };
        const given = formats.filter((format) => perFormat[format].length > 0);
        return given.length === 0 ? [] : [[kind, pick(perFormat, given)]];
    });
    const scripts = {
        deb: scriptParameters(spec.scripts.deb, contents.scripts.deb),
        rpm: scriptParameters(spec.scripts.rpm, contents.scripts.rpm),
    };
    return {
        name,
        summary,
        description,
        maintainer,
        ...(homepage ? { homepage } : {}),
        license,
        section,
        revision: version.revision,
        ...Object.fromEntries(relations),
        binaries: commands,
        files: contents.entries.map(({ source, sha256, path, mode, kind }) => ({
            source,
            sha256,
            destination: path,
            mode: mode.toString(8).padStart(4, '0'),
            config: kind === 'config',
        })),
        'systemd-units': contents.units.map(({ source, text }) => ({ source, sha256: sha256Of(text) })),
        scripts: pick(scripts, formats.filter((format) => Object.keys(scripts[format]).length > 0)),
    };
}
const scriptParameters = (paths, texts) => Object.fromEntries(scriptNames.flatMap((name) => {
    const [source, text] = [paths[name], texts[name]];
    return source === undefined || text === undefined ? [] : [[name, { source, sha256: sha256Of(text) }]];
}));
const pick = (values, formats) => Object.fromEntries(formats.map((format) => [format, values[format]]));
const sha256Of = (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');

;// CONCATENATED MODULE: ./build/source/src/packages/value.js


/** Values of a spec, checked as they are read; `place` is where one stands: `packages.hello.files[0]`. */
function mappingAt(value, place, known) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        throw new errors/* UserError */.yo(`${place}: expected a map, found ${value_describe(value)}`);
    }
    const members = new Map(Object.entries(value));
    for (const key of members.keys()) {
        if (!known || known.includes(key))
            continue;
        const near = (0,runner/* suggest */.ZA)(key, known);
        throw new errors/* UserError */.yo(`${place}: unknown key '${key}'`, {
            hint: near ? `Did you mean '${near}'?` : `Known are ${known.join(', ')}.`,
        });
    }
    return members;
}
function listAt(value, place) {
    if (!Array.isArray(value))
        throw new errors/* UserError */.yo(`${place}: expected a list, found ${value_describe(value)}`);
    return value;
}
/** Text that is not empty and, unless `lines` is set, is one line. */
function textAt(value, place, options = {}) {
    if (typeof value !== 'string') {
        const hint = ['number', 'boolean'].includes(typeof value) ? `Put it in quotes: '${value}'.` : undefined;
        throw new errors/* UserError */.yo(`${place}: expected text, found ${value_describe(value)}`, hint ? { hint } : {});
    }
    const trimmed = value.trim();
    if (trimmed === '')
        throw new errors/* UserError */.yo(`${place}: the text is empty`);
    if (!options.lines && /[\r\n]/.test(trimmed))
        throw new errors/* UserError */.yo(`${place}: expected one line`);
    return trimmed;
}
const textsAt = (value, place) => listAt(value, place).map((item, index) => textAt(item, `${place}[${index}]`));
function matchAt(value, place, pattern, expected) {
    const found = textAt(value, place);
    if (!pattern.test(found))
        throw new errors/* UserError */.yo(`${place}: '${found}' is not ${expected}`);
    return found;
}
function booleanAt(value, place) {
    if (typeof value !== 'boolean')
        throw new errors/* UserError */.yo(`${place}: expected true or false, found ${value_describe(value)}`);
    return value;
}
function value_describe(value) {
    if (value === null || value === undefined)
        return 'nothing';
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object')
        return 'a map';
    return typeof value === 'string' ? `'${value}'` : String(value);
}

;// CONCATENATED MODULE: ./build/source/src/packages/spec.js




const keys = [
    'summary',
    'description',
    'maintainer',
    'homepage',
    'license',
    'section',
    'revision',
    'binaries',
    'files',
    'systemd-units',
    'scripts',
    ...relationKinds,
];
/**
 * The packages that a project describes: a list with names, or a map by name. Nothing given is no package.
 * @throws UserError that names the place: an unknown key ("did you mean"), or a value of a wrong shape
 */
function parsePackageSpecs(input, place = 'packages') {
    if (input === undefined || input === null)
        return [];
    const specs = Array.isArray(input)
        ? input.map((item, index) => listedSpec(item, `${place}[${index}]`))
        : [...mappingAt(input, place)].map(([name, item]) => mappedSpec(name, item, `${place}.${name}`));
    const names = new Set();
    for (const spec of specs) {
        if (names.has(spec.name))
            throw new errors/* UserError */.yo(`${spec.place}: two packages have the name '${spec.name}'`);
        names.add(spec.name);
    }
    return specs;
}
/** The spec of a package of which nothing is said but its name. */
const plainSpec = (name) => parseSpec(name, new Map(), 'packages');
function listedSpec(item, place) {
    const members = mappingAt(item, place, ['name', ...keys]);
    return parseSpec(members.get('name'), members, place);
}
function mappedSpec(name, item, place) {
    return parseSpec(name, item === null ? new Map() : mappingAt(item, place, keys), place);
}
function parseSpec(name, members, place) {
    const optional = (key, read) => members.has(key) ? { [key]: read(members.get(key), `${place}.${key}`) } : {};
    const list = (key, read) => listAt(members.get(key) ?? [], `${place}.${key}`).map((item, index) => read(item, `${place}.${key}[${index}]`));
    return {
        name: matchAt(name, `${place}.name`, /^[a-z0-9][a-z0-9+.-]+$/, "a package's name: two or more lower-case letters, digits and + . -, a letter or digit first"),
        place,
        ...optional('summary', textAt),
        ...optional('description', (value, at) => textAt(value, at, { lines: true })),
        ...optional('maintainer', (value, at) => matchAt(value, at, /^[^<>,@]+ <[^<>\s@]+@[^<>\s@]+>$/, "'Name <address>'")),
        ...optional('homepage', (value, at) => matchAt(value, at, /^https?:\/\/[^\s]+$/, 'an http(s) address')),
        ...optional('license', textAt),
        ...optional('section', (value, at) => matchAt(value, at, /^[a-z][a-z-]*(\/[a-z-]+)?$/, 'a section of the Debian archive')),
        revision: revisionAt(members.get('revision') ?? 1, `${place}.revision`),
        relations: relationsOf(members, place),
        ...optional('binaries', (value, at) => textsAt(value, at).map((text) => commandAt(text, at))),
        files: list('files', fileSpec),
        systemdUnits: list('systemd-units', unitAt),
        scripts: spec_scriptsOf(members.get('scripts') ?? {}, `${place}.scripts`),
    };
}
const revisionAt = (value, place) => matchAt(String(value), place, /^[0-9][0-9A-Za-z.]*$/, 'a revision: a number, such as 1');
const commandAt = (value, place) => matchAt(value, place, /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/, 'the name of a command');
const unitAt = (value, place) => matchAt(value, place, /(^|\/)[A-Za-z0-9_:][A-Za-z0-9:_.@-]*\.(service|socket|timer|path|target|mount|slice)$/, 'the path of a systemd unit, such as hello.service');
function fileSpec(item, place) {
    const members = mappingAt(item, place, ['source', 'destination', 'mode', 'config']);
    const destination = matchAt(members.get('destination'), `${place}.destination`, /^(\/[A-Za-z0-9_.+@:~,=%-]+)+\/?$/, 'an absolute path, without spaces');
    if (destination.split('/').some((part) => part === '.' || part === '..')) {
        throw new errors/* UserError */.yo(`${place}.destination: '${destination}' has a part '.' or '..'`);
    }
    return {
        place,
        source: textAt(members.get('source'), `${place}.source`),
        destination,
        ...(members.has('mode') ? { mode: modeAt(members.get('mode'), `${place}.mode`) } : {}),
        ...(members.has('config') ? { config: booleanAt(members.get('config'), `${place}.config`) } : {}),
    };
}
function modeAt(value, place) {
    // YAML reads 0644 as the decimal number 644 and 0o644 as 420: only text leaves no doubt.
    if (typeof value === 'number')
        throw new errors/* UserError */.yo(`${place}: write the mode in quotes`, { hint: "Such as '0644'." });
    return Number.parseInt(matchAt(value, place, /^0?[0-7]{3,4}$/, "a mode, such as '0644'"), 8);
}
function relationsOf(members, place) {
    const read = (kind) => relationsAt(members.get(kind), `${place}.${kind}`);
    const byKind = relationKinds.map((kind) => [kind, read(kind)]);
    // Every kind is there, which fromEntries cannot tell.
    return {
        deb: Object.fromEntries(byKind.map(([kind, { deb }]) => [kind, deb])),
        rpm: Object.fromEntries(byKind.map(([kind, { rpm }]) => [kind, rpm])),
    };
}
function relationsAt(value, place) {
    if (value === undefined)
        return { deb: [], rpm: [] };
    if (Array.isArray(value)) {
        const common = textsAt(value, place).map((text, index) => parseRelation(text, `${place}[${index}]`));
        return {
            deb: common.map((relation, index) => parseDebianRelation(formatDebianRelation(relation), `${place}[${index}]`)),
            rpm: common,
        };
    }
    const members = mappingAt(value, place, packageFormats);
    const each = (format, parse) => textsAt(members.get(format) ?? [], `${place}.${format}`).map((text, index) => parse(text, `${place}.${format}[${index}]`));
    return { deb: each('deb', parseDebianRelation), rpm: each('rpm', parseRelation) };
}
function spec_scriptsOf(value, place) {
    const deb = {};
    const rpm = {};
    const members = mappingAt(value, place, scriptNames);
    for (const name of scriptNames) {
        if (!members.has(name))
            continue;
        const script = members.get(name);
        if (typeof script === 'string') {
            deb[name] = rpm[name] = textAt(script, `${place}.${name}`);
            continue;
        }
        const perFormat = mappingAt(script, `${place}.${name}`, packageFormats);
        if (perFormat.has('deb'))
            deb[name] = textAt(perFormat.get('deb'), `${place}.${name}.deb`);
        if (perFormat.has('rpm'))
            rpm[name] = textAt(perFormat.get('rpm'), `${place}.${name}.rpm`);
    }
    return { deb, rpm };
}

;// CONCATENATED MODULE: ./build/source/src/packages/table.js



/** The plan as it would be carried out. */
const planTable = (plan) => [
    (0,runner/* heading */.R_)('Packages to be made'),
    (0,runner/* table */.tp)(['Package', 'Platform', 'Compression', 'Files', 'Installed bytes'], plan.map((planned) => [...columnsOf(planned), String(installedBytes(planned))])),
];
/** What was made; `signer` is the fingerprint of the key that signed the rpm packages. */
const builtTable = (built, signer) => [
    (0,runner/* heading */.R_)('Packages'),
    (0,runner/* table */.tp)(['Package', 'Platform', 'Compression', 'Files', 'Bytes', 'Digest', ''], built.map(({ planned, subject, changed }) => [
        ...columnsOf(planned),
        String(subject.size),
        `sha256:${subject.sha256}`,
        changed ? 'made' : 'unchanged',
    ])),
    ...(signer ? [(0,runner/* text */.Qq)(`The rpm packages are signed by the OpenPGP key ${signer}.`)] : []),
];
const columnsOf = (planned) => [
    planned.fileName,
    planned.platform ? (0,oci/* formatPlatform */.Bq)(planned.platform) : 'any',
    planned.compression,
    String(planned.package.entries.length),
];
const installedBytes = ({ package: { entries } }) => entries.reduce((total, entry) => total + contentSize(entry.content), 0);

;// CONCATENATED MODULE: ./build/source/src/packages/build.js












/**
 * Makes a deb and an rpm of each package for each platform of Linux that the release has. Packages that an earlier run
 * made and this one does not leave the release, with the evidence about them.
 * @throws UserError for a spec that is not valid, or does not fit the release or the project
 */
async function buildPackages(release, input, step) {
    const formats = parseFormats(input.formats);
    const specs = specsOf(release.record, input.packages);
    const project = await observeProject(input.project, specs, step);
    const plan = planPackages(release, specs, project, { formats, compression: input.compression });
    if (plan.length === 0)
        step.log.notice('No package to make: the release has no command for Linux');
    if (input.dryRun) {
        step.summary(...planTable(plan));
        return { release, changed: false };
    }
    const signingKey = await signingKeyFor(plan, input, step);
    const parameters = packageParameters(release.record, specs, project, plan, signingKey?.fingerprint);
    const dependencies = await packageDependencies(plan);
    const done = await applyPackages(release, { packages: plan, parameters, dependencies }, signingKey, step);
    if (!done.changed)
        step.log.info('All packages were there: nothing changed');
    step.summary(...builtTable(done.built, signingKey?.fingerprint));
    return done;
}
function specsOf(record, input) {
    const specs = parsePackageSpecs(input);
    if (specs.length > 0 || linuxCommands(record).length === 0)
        return specs;
    return [plainSpec(record.project.toLowerCase().replaceAll('_', '-'))];
}
function parseFormats(formats) {
    for (const format of formats) {
        if (isFormat(format))
            continue;
        const near = (0,runner/* suggest */.ZA)(format, packageFormats);
        throw new errors/* UserError */.yo(`formats: '${format}' is not a format of packages`, {
            hint: near ? `Did you mean '${near}'?` : `Known are ${packageFormats.join(', ')}.`,
        });
    }
    return packageFormats.filter((format) => formats.includes(format));
}
const isFormat = (text) => packageFormats.some((format) => format === text);
// A key made on a runner would be gone after the job: there rpm packages without a key carry no signature of their own.
async function signingKeyFor(plan, input, step) {
    if (!plan.some((planned) => planned.format === 'rpm'))
        return undefined;
    if (input.openpgpKey === undefined && step.onGitHub) {
        step.log.notice("The rpm packages are not signed: no 'openpgp-key' was given");
        return undefined;
    }
    return (0,openpgp/* openSigningKey */.bc)({ key: input.openpgpKey, passphrase: input.openpgpPassphrase }, step);
}

;// CONCATENATED MODULE: ./build/source/src/packages/index.js
/**
 * Debian and RPM packages: written from a short spec and the commands of a release, and read again for their metadata.
 */





/***/ })

};
