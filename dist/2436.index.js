export const id = 2436;
export const ids = [2436];
export const modules = {

/***/ 72436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  MF: () => (/* reexport */ WrongSigner),
  XG: () => (/* reexport */ findLocalPublicKey),
  TZ: () => (/* reexport */ generateKeyPair),
  Qp: () => (/* reexport */ isKeyAddress),
  c3: () => (/* reexport */ legacyAttestationBundle),
  zI: () => (/* reexport */ legacyMediaTypes),
  gr: () => (/* reexport */ legacySignatureBundle),
  Hs: () => (/* reexport */ openSigner),
  Vy: () => (/* reexport */ openSignerVerifier),
  bg: () => (/* reexport */ openVerifier),
  qx: () => (/* reexport */ readKeySigner),
  _T: () => (/* reexport */ simpleSigningDigest),
  gb: () => (/* reexport */ verifierOpener)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./build/source/src/sigstore/json.js
var sigstore_json = __webpack_require__(89468);
;// CONCATENATED MODULE: ./build/source/src/sigstore/cosign-key.js



const pattern = /-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----/;
// A hostile file must not make scrypt take all memory; cosign writes N 65536 (64 MiB), older ones 32768.
const largestCost = 1 << 20;
/** True for the format of `cosign generate-key-pair`. */
const isCosignKey = (text) => /-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----/.test(text);
/**
 * Decrypts a cosign.key: PEM around JSON; the key of a NaCl secretbox is derived by scrypt; inside is PKCS #8.
 * Source: github.com/secure-systems-lab/go-securesystemslib, encrypted/encrypted.go.
 * @throws UserError
 */
async function decryptCosignKey(text, password, path) {
    const sealed = parseSealed(text);
    if (!sealed)
        throw new runner/* UserError */.yo(`${path} is not a complete cosign.key`, {
            hint: 'It was cut off or changed; restore it from a backup.',
        });
    const key = await deriveKey(password, sealed);
    const { default: nacl } = await __webpack_require__.e(/* import() */ 668).then(__webpack_require__.t.bind(__webpack_require__, 80668, 19));
    const opened = nacl.secretbox.open(sealed.ciphertext, sealed.nonce, key);
    if (!opened) {
        throw new runner/* UserError */.yo(`The key ${path} cannot be decrypted: wrong password, or the file is damaged`, {
            hint: "Check the input 'key-password' or COSIGN_PASSWORD.",
        });
    }
    try {
        return (0,external_node_crypto_.createPrivateKey)({ key: Buffer.from(opened), format: 'der', type: 'pkcs8' });
    }
    catch {
        throw new runner/* UserError */.yo(`${path} holds no PKCS #8 key`);
    }
}
/** Encrypts as cosign 3 does, which reads it; so does `decryptCosignKey`. */
async function encryptCosignKey(privateKey, password) {
    const cost = { N: 65536, r: 8, p: 1 };
    const [salt, nonce] = [(0,external_node_crypto_.randomBytes)(32), (0,external_node_crypto_.randomBytes)(24)];
    const key = await deriveKey(password, { cost, salt });
    const { default: nacl } = await __webpack_require__.e(/* import() */ 668).then(__webpack_require__.t.bind(__webpack_require__, 80668, 19));
    const sealed = nacl.secretbox(privateKey.export({ type: 'pkcs8', format: 'der' }), nonce, key);
    const json = JSON.stringify({
        kdf: { name: 'scrypt', params: cost, salt: salt.toString('base64') },
        cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
        ciphertext: Buffer.from(sealed).toString('base64'),
    });
    const lines = Buffer.from(json)
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} ENCRYPTED SIGSTORE PRIVATE KEY-----`);
    return `${[begin, ...lines, end].join('\n')}\n`;
}
function parseSealed(text) {
    const body = pattern.exec(text)?.[1];
    if (!body)
        return undefined;
    let json;
    try {
        json = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
    }
    catch {
        return undefined;
    }
    const kdf = (0,sigstore_json/* member */.D)(json, 'kdf');
    const cipher = (0,sigstore_json/* member */.D)(json, 'cipher');
    const [N, r, p] = ['N', 'r', 'p'].map((name) => (0,sigstore_json/* member */.D)((0,sigstore_json/* member */.D)(kdf, 'params'), name));
    if ((0,sigstore_json/* member */.D)(kdf, 'name') !== 'scrypt' || (0,sigstore_json/* member */.D)(cipher, 'name') !== 'nacl/secretbox')
        return undefined;
    if (typeof N !== 'number' || typeof r !== 'number' || typeof p !== 'number')
        return undefined;
    if (!isCost(N) || N > largestCost || !isCount(r, 32) || !isCount(p, 16))
        return undefined;
    const [salt, nonce, ciphertext] = [(0,sigstore_json/* member */.D)(kdf, 'salt'), (0,sigstore_json/* member */.D)(cipher, 'nonce'), (0,sigstore_json/* member */.D)(json, 'ciphertext')].map(bytes);
    if (!salt || !ciphertext || nonce?.length !== 24)
        return undefined;
    return { cost: { N, r, p }, salt, nonce, ciphertext };
}
const isCost = (value) => Number.isInteger(value) && value > 1 && (value & (value - 1)) === 0;
const isCount = (value, most) => Number.isInteger(value) && value > 0 && value <= most;
const bytes = (value) => typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
function deriveKey(password, { cost, salt }) {
    const maxmem = 256 * cost.N * cost.r + 256 * cost.r * cost.p;
    return new Promise((resolve, reject) => {
        (0,external_node_crypto_.scrypt)(password, salt, 32, { ...cost, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
    });
}

// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/sigstore/kms/open.js

const address = /^(?<scheme>[a-z][a-z0-9-]*):\/\/(?<rest>.+)$/s;
const keepers = {
    awskms: async () => (await __webpack_require__.e(/* import() */ 6172).then(__webpack_require__.bind(__webpack_require__, 66172))).openAmazonKey,
    azurekms: async () => (await __webpack_require__.e(/* import() */ 165).then(__webpack_require__.bind(__webpack_require__, 50165))).openAzureKey,
    gcpkms: async () => (await __webpack_require__.e(/* import() */ 9531).then(__webpack_require__.bind(__webpack_require__, 9531))).openGoogleKey,
    hashivault: async () => (await __webpack_require__.e(/* import() */ 5134).then(__webpack_require__.bind(__webpack_require__, 95134))).openVaultKey,
};
/** True for `SCHEME://…`; anything else is a path. */
const isKeyAddress = (text) => /^[a-z][a-z0-9-]*:\/\//.test(text);
/**
 * Opens a key by its address, as cosign writes it. A scheme that is not known here is that of a program `sigstore-kms-SCHEME`.
 * @throws UserError
 */
async function openRemoteKey(name, step) {
    const { scheme = '', rest = '' } = address.exec(name)?.groups ?? {};
    if (rest === '')
        throw new runner/* UserError */.yo(`${name} names no key`, { hint: 'Write SCHEME://KEY, as cosign does.' });
    const known = Object.hasOwn(keepers, scheme) ? keepers[scheme] : undefined;
    const open = known ? await known() : (await __webpack_require__.e(/* import() */ 4966).then(__webpack_require__.bind(__webpack_require__, 4966))).openProgramKey(scheme);
    return open(rest, name, step);
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/kms/index.js
/** Keys that never leave their keeper: cloud KMS, HashiCorp Vault, and any other by a program of its own. */


;// CONCATENATED MODULE: ./build/source/src/sigstore/signature.js


// Ed25519 hashes the message twice, so it must be at hand whole.
const largestWholeMessage = 512 * 1024 * 1024;
/** Signs bytes with SHA-256, whatever the key: cosign verifies no other hash with `--key`. */
const signBytes = (privateKey, message) => (0,external_node_crypto_.sign)(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', message, privateKey);
/** SHA-256. */
const digestOf = (bytes) => (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
/** Signs a stream in one pass over it. */
async function signStream(privateKey, message) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    if (privateKey.asymmetricKeyType === 'ed25519') {
        const whole = await collect(message);
        return { signature: signBytes(privateKey, whole), digest: hash.update(whole).digest() };
    }
    const signer = (0,external_node_crypto_.createSign)('sha256');
    for await (const chunk of message) {
        hash.update(chunk);
        signer.update(chunk);
    }
    return { signature: signer.sign(privateKey), digest: hash.digest() };
}
/**
 * Reads a message once, before it is known which key must have signed it.
 * `whole` is for an Ed25519 signature, which cannot be checked from a hash.
 */
async function readMessage(message, hashName, whole) {
    const hash = (0,external_node_crypto_.createHash)(hashName);
    if (whole) {
        const bytes = await collect(message);
        return { digest: hash.update(bytes).digest(), verify: (key, signature) => (0,external_node_crypto_.verify)(null, bytes, key, signature) };
    }
    const verifier = (0,external_node_crypto_.createVerify)(hashName);
    for await (const chunk of message) {
        hash.update(chunk);
        verifier.update(chunk);
    }
    return {
        digest: hash.digest(),
        verify: (key, signature) => key.asymmetricKeyType !== 'ed25519' && verifier.verify(key, signature),
    };
}
async function collect(message) {
    const chunks = [];
    let size = 0;
    for await (const chunk of message) {
        const bytes = Buffer.from(chunk);
        size += bytes.length;
        if (size > largestWholeMessage) {
            message.destroy();
            throw new runner/* UserError */.yo('An Ed25519 key can sign files of at most 512 MiB, because it needs them whole in memory', {
                hint: 'Use an EC P-256 key.',
            });
        }
        chunks.push(bytes);
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/signing-key.js



const memoryKey = (privateKey) => ({
    publicKey: (0,external_node_crypto_.createPublicKey)(privateKey),
    signBytes: async (message) => signBytes(privateKey, message),
    signStream: (message) => signStream(privateKey, message),
});
/** A key that never leaves its keeper: only digests go there. What comes back is checked before it is handed out. */
function remoteSigningKey({ name, publicKey, signDigest }) {
    const wrong = () => new runner/* UserError */.yo(`${name} answered a signature that its own public key does not verify`, {
        hint: 'The key may have been rotated meanwhile; name its version.',
    });
    return {
        publicKey,
        async signBytes(message) {
            const signature = await signDigest(digestOf(message));
            if (!(0,external_node_crypto_.verify)('sha256', message, publicKey, signature))
                throw wrong();
            return signature;
        },
        async signStream(stream) {
            const message = await readMessage(stream, 'sha256', false);
            const signature = await signDigest(message.digest);
            if (!message.verify(publicKey, signature))
                throw wrong();
            return { signature, digest: message.digest };
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/key.js







const pemHint = 'Give a PEM private key (PKCS #8 or SEC 1; EC P-256, P-384 or P-521, Ed25519, RSA) or an encrypted cosign.key.';
const smallestModulus = 2048;
/**
 * Opens what signs: a key in a file, or by an address one that its keeper does not hand out.
 * @throws UserError
 */
async function openSigningKey(key, password, step) {
    if (!isKeyAddress(key))
        return memoryKey(await readPrivateKey(key, password));
    return remoteSigningKey(await openUsable(key, step));
}
/**
 * Opens what verifies: a public key in a file, or that of a key by its address.
 * @throws UserError
 */
async function openPublicKey(key, password, step) {
    return isKeyAddress(key) ? (await openUsable(key, step)).publicKey : readPublicKey(key, password);
}
async function openUsable(address, step) {
    const key = await openRemoteKey(address, step);
    requireUsable(key.publicKey, address);
    if (key.publicKey.asymmetricKeyType === 'ed25519') {
        throw new runner/* UserError */.yo(`The key ${address} is Ed25519, which signs no digest`, { hint: 'Use an EC P-256 key.' });
    }
    return key;
}
/**
 * Reads a private key: PEM (PKCS #8, SEC 1, PKCS #1; encrypted or not), or cosign's own encrypted format.
 * @throws UserError that names the file, never what is in it
 */
async function readPrivateKey(path, password) {
    const text = await readKeyFile(path);
    const key = isEncrypted(text) ? await decryptKey(text, password, path) : parsePrivateKey(text, path, undefined);
    requireUsable(key, path);
    return key;
}
/**
 * Reads a PEM public key, or a private key as `readPrivateKey` does, whose public half counts.
 * @throws UserError that names the file, never what is in it
 */
async function readPublicKey(path, password) {
    const text = await readKeyFile(path);
    if (/CERTIFICATE/.test(text)) {
        throw new runner/* UserError */.yo(`${path} is a certificate, not a public key`, {
            hint: "Give a PEM public key, or verify a keyless signature by 'certificate-identity' and 'certificate-oidc-issuer'.",
        });
    }
    const key = isEncrypted(text) ? (0,external_node_crypto_.createPublicKey)(await decryptKey(text, password, path)) : parsePublicKey(text, path);
    requireUsable(key, path);
    return key;
}
/** SHA-256 of the public key's SubjectPublicKeyInfo (DER): what names a key in a release record. */
const keyIdOf = (publicKey) => (0,oci/* digestOfBytes */.by)(subjectPublicKeyInfo(publicKey));
/** The same hash in base64, as cosign names a key in a bundle. */
const keyHintOf = (publicKey) => (0,external_node_crypto_.createHash)('sha256').update(subjectPublicKeyInfo(publicKey)).digest('base64');
const publicKeyPem = (publicKey) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
const subjectPublicKeyInfo = (publicKey) => publicKey.export({ type: 'spki', format: 'der' });
async function readKeyFile(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        const reason = error.code === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
        throw new runner/* UserError */.yo(`Cannot read the key ${path}: ${reason}`, { hint: 'Check the path of the key.' });
    }
}
const isEncrypted = (text) => isCosignKey(text) || /ENCRYPTED/.test(text);
async function decryptKey(text, password, path) {
    if (password === undefined) {
        throw new runner/* UserError */.yo(`The private key ${path} is encrypted and no password was given`, {
            hint: "Give its password by the input 'key-password' or in COSIGN_PASSWORD; to verify, cosign.pub needs none.",
        });
    }
    return isCosignKey(text) ? decryptCosignKey(text, password, path) : parsePrivateKey(text, path, password);
}
function parsePublicKey(text, path) {
    try {
        return (0,external_node_crypto_.createPublicKey)(text);
    }
    catch {
        throw new runner/* UserError */.yo(`${path} is not a public key`, { hint: 'Give a PEM public key (-----BEGIN PUBLIC KEY-----).' });
    }
}
function parsePrivateKey(text, path, password) {
    try {
        return (0,external_node_crypto_.createPrivateKey)({ key: text, format: 'pem', ...(password === undefined ? {} : { passphrase: password }) });
    }
    catch {
        // Node's message quotes OpenSSL and helps nobody.
        if (isPublicKey(text))
            throw new runner/* UserError */.yo(`${path} is a public key; a private key is needed to sign`, { hint: pemHint });
        if (password !== undefined)
            throw new runner/* UserError */.yo(`The key ${path} cannot be decrypted: wrong password, or the file is damaged`);
        throw new runner/* UserError */.yo(`${path} is not a private key`, { hint: pemHint });
    }
}
function isPublicKey(text) {
    try {
        return (0,external_node_crypto_.createPublicKey)(text).type === 'public';
    }
    catch {
        return false;
    }
}
// What cosign 3 verifies with --key; a curve or size it refuses would make a release that others cannot check.
function requireUsable(key, path) {
    const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
    switch (key.asymmetricKeyType) {
        case 'ed25519':
            return;
        case 'ec':
            if (namedCurve === 'prime256v1' || namedCurve === 'secp384r1' || namedCurve === 'secp521r1')
                return;
            throw new runner/* UserError */.yo(`The key ${path} is on the curve ${namedCurve}, which Sigstore does not know`, {
                hint: pemHint,
            });
        case 'rsa':
            if (modulusLength !== undefined && modulusLength >= smallestModulus)
                return;
            throw new runner/* UserError */.yo(`The RSA key ${path} has ${modulusLength} bits; ${smallestModulus} are the least`, {
                hint: pemHint,
            });
        default:
            throw new runner/* UserError */.yo(`The key ${path} is of the type ${key.asymmetricKeyType}, which Sigstore does not know`, {
                hint: pemHint,
            });
    }
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/generate-key-pair.js





/**
 * Writes PREFIX.key, encrypted with the password in COSIGN_PASSWORD, and PREFIX.pub: EC P-256, as `cosign generate-key-pair`.
 * @param prefix absolute
 * @throws UserError when there is no password, or either file is there already
 */
async function generateKeyPair(prefix, step) {
    const { COSIGN_PASSWORD: password } = step.environment;
    if (password === undefined) {
        throw new runner/* UserError */.yo('There is no password to encrypt the private key with', {
            hint: 'Set COSIGN_PASSWORD; set but empty, the key can be used without one.',
        });
    }
    if (password)
        step.secret(password);
    const { privateKey, publicKey } = (0,external_node_crypto_.generateKeyPairSync)('ec', { namedCurve: 'P-256' });
    const paths = { key: `${prefix}.key`, publicKey: `${prefix}.pub` };
    const encrypted = await encryptCosignKey(privateKey, password);
    // The public key first: a run that fails half-way leaves no private key that nobody knows of.
    await writeNew(paths.publicKey, publicKeyPem(publicKey), 0o644);
    try {
        await writeNew(paths.key, encrypted, 0o600);
    }
    catch (error) {
        await (0,promises_.rm)(paths.publicKey, { force: true });
        throw error;
    }
    step.log.info(`Wrote ${paths.key} (keep it, and its password, secret) and ${paths.publicKey}`);
    return { ...paths, keyId: keyIdOf(publicKey) };
}
async function writeNew(path, content, mode) {
    try {
        const file = await (0,promises_.open)(path, 'wx', mode);
        try {
            await file.writeFile(content);
            await file.sync();
        }
        finally {
            await file.close();
        }
    }
    catch (error) {
        if (error.code !== 'EEXIST') {
            throw new runner/* UserError */.yo(`Cannot write ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
        }
        throw new runner/* UserError */.yo(`${path} is there already, and a key is never overwritten`, {
            hint: "Move it away, or give another 'output-key-prefix'.",
        });
    }
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/key-signer.js

/** The holder of a key pair as a signer, by the path of the public key or by the address of the key. @throws UserError */
async function readKeySigner(key, step) {
    const publicKey = await openPublicKey(key, undefined, step);
    return { kind: 'key', origin: 'given', keyId: keyIdOf(publicKey), publicKey: publicKeyPem(publicKey) };
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/legacy.js





/**
 * What cosign before 3.0 keeps beside an image, under the tags `sha256-<hex>.sig` and `.att`: each layer is what was
 * signed, and its annotations are the signature and what proves it.
 * Source: github.com/sigstore/cosign, specs/SIGNATURE_SPEC.md.
 */
const legacyMediaTypes = {
    /** The layer of a signature: a simple signing document, over whose bytes the signature is. */
    simpleSigning: 'application/vnd.dev.cosign.simplesigning.v1+json',
    /** The layer of an attestation: a DSSE envelope. */
    envelope: 'application/vnd.dsse.envelope.v1+json',
};
const signatureAnnotation = 'dev.cosignproject.cosign/signature';
const certificateAnnotation = 'dev.sigstore.cosign/certificate';
const logAnnotation = 'dev.sigstore.cosign/bundle';
const timestampAnnotation = 'dev.sigstore.cosign/rfc3161timestamp';
/** Only this version of a bundle has log entries with a promise of inclusion and no proof. */
const bundleType = 'application/vnd.dev.sigstore.bundle+json;version=0.1';
/**
 * The bundle (v0.1) that says the same as a legacy signature; for `verifyBlob` over the payload.
 * @throws UserError when an annotation is missing or malformed
 */
function legacySignatureBundle(payload, annotations) {
    const signature = annotations[signatureAnnotation];
    if (!signature)
        throw new runner/* UserError */.yo(`The signature has no annotation ${signatureAnnotation}`);
    return serialize(annotations, {
        messageSignature: {
            messageDigest: { algorithm: 'SHA2_256', digest: digestOf(payload).toString('base64') },
            signature,
        },
    });
}
/**
 * The bundle (v0.1) that says the same as a legacy attestation; for `verifyStatement`.
 * @throws UserError when the envelope or an annotation is malformed
 */
function legacyAttestationBundle(envelope, annotations) {
    const dsseEnvelope = parseJson(Buffer.from(envelope).toString('utf8'), 'The envelope of the attestation');
    return serialize(annotations, { dsseEnvelope });
}
/**
 * The manifest that a simple signing document speaks of. Its `docker-reference` is not believed: a signature is carried
 * to other repositories, and says nothing of them.
 * Source: github.com/containers/image, docs/containers-signature.5.md.
 * @throws UserError when it is not such a document
 */
function simpleSigningDigest(payload) {
    const json = parseJson(Buffer.from(payload).toString('utf8'), 'The payload of the signature');
    const critical = (0,sigstore_json/* member */.D)(json, 'critical');
    const type = (0,sigstore_json/* member */.D)(critical, 'type');
    if (type !== 'cosign container image signature') {
        throw new runner/* UserError */.yo(`The payload of the signature is of the type ${JSON.stringify(type)}, not cosign's`);
    }
    const digest = (0,sigstore_json/* member */.D)((0,sigstore_json/* member */.D)(critical, 'image'), 'docker-manifest-digest');
    if (typeof digest === 'string' && (0,oci/* isDigest */.Bc)(digest))
        return digest;
    throw new runner/* UserError */.yo('The payload of the signature names no manifest digest');
}
function serialize(annotations, content) {
    const certificate = annotations[certificateAnnotation];
    const entry = annotations[logAnnotation];
    const timestamp = annotations[timestampAnnotation];
    const verificationMaterial = {
        ...(certificate
            ? { x509CertificateChain: { certificates: [{ rawBytes: certificateDer(certificate) }] } }
            : { publicKey: { hint: '' } }),
        ...(entry ? { tlogEntries: [logEntry(entry)] } : {}),
        ...(timestamp ? { timestampVerificationData: { rfc3161Timestamps: [timestampOf(timestamp)] } } : {}),
    };
    return Buffer.from(JSON.stringify({ mediaType: bundleType, verificationMaterial, ...content }));
}
function certificateDer(pem) {
    try {
        return new external_node_crypto_.X509Certificate(pem).raw.toString('base64');
    }
    catch {
        throw new runner/* UserError */.yo(`The annotation ${certificateAnnotation} is not a PEM certificate`);
    }
}
/** Rekor's answer as cosign keeps it, as a TransparencyLogEntry (sigstore_rekor.proto). Whether it holds is not known yet. */
function logEntry(annotation) {
    const json = parseJson(annotation, `The annotation ${logAnnotation}`);
    const payload = (0,sigstore_json/* member */.D)(json, 'Payload');
    const [promise, body, logId] = [
        (0,sigstore_json/* member */.D)(json, 'SignedEntryTimestamp'),
        (0,sigstore_json/* member */.D)(payload, 'body'),
        (0,sigstore_json/* member */.D)(payload, 'logID'),
    ].map((value) => (typeof value === 'string' ? value : ''));
    const [time, index] = [(0,sigstore_json/* member */.D)(payload, 'integratedTime'), (0,sigstore_json/* member */.D)(payload, 'logIndex')].map(Number);
    if (!promise || !body || !/^[0-9a-f]{64}$/.test(logId ?? '') || !legacy_isCount(time) || !legacy_isCount(index)) {
        throw new runner/* UserError */.yo(`The annotation ${logAnnotation} is not a log entry`);
    }
    const entry = parseJson(Buffer.from(body, 'base64').toString('utf8'), `The log entry in ${logAnnotation}`);
    return {
        logIndex: String(index),
        logId: { keyId: Buffer.from(logId ?? '', 'hex').toString('base64') },
        kindVersion: { kind: (0,sigstore_json/* member */.D)(entry, 'kind'), version: (0,sigstore_json/* member */.D)(entry, 'apiVersion') },
        integratedTime: String(time),
        inclusionPromise: { signedEntryTimestamp: promise },
        canonicalizedBody: body,
    };
}
function timestampOf(annotation) {
    const signedTimestamp = (0,sigstore_json/* member */.D)(parseJson(annotation, `The annotation ${timestampAnnotation}`), 'SignedRFC3161Timestamp');
    if (typeof signedTimestamp === 'string')
        return { signedTimestamp };
    throw new runner/* UserError */.yo(`The annotation ${timestampAnnotation} has no timestamp`);
}
const legacy_isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
function parseJson(text, what) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new runner/* UserError */.yo(`${what} is not JSON`);
    }
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/sigstore/local-key.js





/**
 * The key pair of this user on this machine, made at the first use and the same ever after:
 * `signing.key` (mode 0600) and `signing.pub` in `$XDG_STATE_HOME/k8s-release/keys`.
 * Without `create`, a key that is only in memory where there is none yet.
 * @throws UserError
 */
async function openLocalKey(environment, { create }) {
    const folder = keyFolder(environment);
    const path = (0,external_node_path_.join)(folder, 'signing.key');
    try {
        if (!create)
            return parseKey((await (0,runner/* readKept */.DL)(path)) ?? newKey(), path);
        const privateKey = parseKey(await (0,runner/* keepOnce */.pc)(path, newKey), path);
        await writePublicKey(folder, privateKey);
        return privateKey;
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            throw error;
        throw new runner/* UserError */.yo(`Cannot keep a key pair in ${folder}: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: "Make the folder writable, or give a private key by the input 'key'.",
        });
    }
}
/** Path of this user's own public key on this machine; undefined where it was never used to sign. */
async function findLocalPublicKey(environment) {
    const path = (0,external_node_path_.join)(keyFolder(environment), 'signing.pub');
    return (0,promises_.access)(path).then(() => path, () => undefined);
}
const keyFolder = (environment) => (0,external_node_path_.join)((0,runner/* stateFolder */.yp)(environment), 'keys');
function parseKey(text, path) {
    try {
        return (0,external_node_crypto_.createPrivateKey)(text);
    }
    catch {
        throw new runner/* UserError */.yo(`The local key ${path} is damaged`, {
            hint: 'Remove it, and another is made; what it signed stays signed.',
        });
    }
}
const newKey = () => (0,external_node_crypto_.generateKeyPairSync)('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
async function writePublicKey(folder, privateKey) {
    const path = (0,external_node_path_.join)(folder, 'signing.pub');
    const pem = publicKeyPem((0,external_node_crypto_.createPublicKey)(privateKey));
    if ((await (0,promises_.readFile)(path, 'utf8').catch(() => '')) === pem)
        return;
    const temporary = await (0,promises_.mkdtemp)((0,external_node_path_.join)(folder, '.new-'));
    try {
        await (0,promises_.writeFile)((0,external_node_path_.join)(temporary, 'signing.pub'), pem, { mode: 0o644, flush: true });
        await (0,promises_.rename)((0,external_node_path_.join)(temporary, 'signing.pub'), path);
    }
    finally {
        await (0,promises_.rm)(temporary, { recursive: true, force: true });
    }
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/documents.js


/** A file of the public instance (trusted_root.json, signing_config.v0.2.json), proven by TUF. @throws UserError */
async function publicTarget(name) {
    const { initTUF } = await Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(2830), __webpack_require__.e(3694)]).then(__webpack_require__.t.bind(__webpack_require__, 84423, 19));
    try {
        return await (await initTUF()).getTarget(name);
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot get ${name} of the public Sigstore instance: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: "Check the network, or give the inputs 'trusted-root' and 'signing-config' of your own instance.",
            cause: error,
        });
    }
}
/** @throws UserError */
async function readDocument(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    }
}
/** @throws UserError when the text is not JSON of this media type */
function parseDocument(text, what, mediaType, parse) {
    let document;
    try {
        document = parse(JSON.parse(text));
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${what} cannot be read: ${(0,runner/* describeError */.Uc)(error)}`);
    }
    if (!mediaType.test(document.mediaType)) {
        throw new runner/* UserError */.yo(`${what} is of the media type '${document.mediaType}'`, {
            hint: 'It is another document, or of an unknown version.',
        });
    }
    return document;
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/trust.js

/**
 * Keys and certificates of the Sigstore services to believe: from a trusted_root.json, else the public instance's by TUF.
 * @throws UserError
 */
async function loadTrustedRoot(path) {
    const { TrustedRoot } = await __webpack_require__.e(/* import() */ 9654).then(__webpack_require__.t.bind(__webpack_require__, 19654, 19));
    const text = path === undefined ? await publicTarget('trusted_root.json') : await readDocument(path);
    const what = path ?? "the public instance's trusted_root.json";
    return onlyDatedLogs(parseDocument(text, what, /^application\/vnd\.dev\.sigstore\.trustedroot(\+json;version=0\.|\.v0\.)/, (json) => TrustedRoot.fromJSON(json)));
}
// A log whose validity has no start would be believed since the beginning of time; the sigstore-conformance suite refuses it.
const onlyDatedLogs = (root) => ({
    ...root,
    tlogs: root.tlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
    ctlogs: root.ctlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
});

;// CONCATENATED MODULE: ./build/source/src/sigstore/certificate.js

/** Arc of Fulcio's certificate extensions. Source: github.com/sigstore/fulcio, docs/oid-info.md. */
const fulcioArc = '1.3.6.1.4.1.57264.1.';
const issuerOid = `${fulcioArc}8`;
const oldIssuerOid = `${fulcioArc}1`;
// Up to .6 the value is the text itself; from .8 on it is a DER UTF8String.
const lastRawExtension = 6;
/**
 * Whom a Fulcio certificate (DER) names.
 * @throws UserError when it is not a certificate, or names nobody
 */
async function readCertificate(der) {
    const { ASN1Obj, X509Certificate } = await __webpack_require__.e(/* import() */ 3917).then(__webpack_require__.t.bind(__webpack_require__, 83917, 19));
    let read;
    try {
        read = identityOf(X509Certificate.parse(Buffer.from(der)), ASN1Obj.parseBuffer);
    }
    catch {
        throw new runner/* UserError */.yo('The certificate cannot be read');
    }
    if (read.identity && read.issuer)
        return read;
    throw new runner/* UserError */.yo('The certificate names no identity or no issuer; it is not one of Fulcio');
}
function identityOf(certificate, parse) {
    const extensions = fulcioExtensions(certificate, parse);
    return {
        identity: certificate.subjectAltName ?? '',
        issuer: extensions[issuerOid] ?? extensions[oldIssuerOid] ?? '',
        extensions,
        notAfter: certificate.notAfter,
    };
}
function fulcioExtensions(certificate, parse) {
    const found = [];
    for (const { subs } of certificate.extensions) {
        const oid = subs[0]?.toOID() ?? '';
        const number = oid.startsWith(fulcioArc) ? Number(oid.slice(fulcioArc.length)) : Number.NaN;
        const value = subs.at(-1)?.value;
        if (!Number.isInteger(number) || !value)
            continue;
        found.push([
            number,
            number <= lastRawExtension ? value.toString('utf8') : parse(Buffer.from(value)).value.toString('utf8'),
        ]);
    }
    return Object.fromEntries(found.sort(([left], [right]) => left - right).map(([number, text]) => [`${fulcioArc}${number}`, text]));
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/bundle.js

/** DSSE payload type of an in-toto statement. */
const statementPayloadType = 'application/vnd.in-toto+json';
/**
 * Bytes of a Sigstore bundle v0.3 (sigstore_bundle.proto, as JSON).
 * DSSE's `keyid` stays blank: cosign takes one that is set for the key's name and refuses the bundle.
 */
function serializeBundle(content, key, testimony) {
    const bundle = {
        mediaType: oci/* mediaTypes */.Ib.sigstoreBundle,
        verificationMaterial: {
            ...(key.kind === 'publicKey'
                ? { publicKey: { hint: key.hint } }
                : { certificate: { rawBytes: base64(key.der) } }),
            ...(testimony.logEntries.length > 0 ? { tlogEntries: testimony.logEntries } : {}),
            ...(testimony.timestamps.length > 0
                ? {
                    timestampVerificationData: {
                        rfc3161Timestamps: testimony.timestamps.map((timestamp) => ({ signedTimestamp: base64(timestamp) })),
                    },
                }
                : {}),
        },
        ...(content.kind === 'message'
            ? {
                messageSignature: {
                    messageDigest: { algorithm: 'SHA2_256', digest: base64(content.digest) },
                    signature: base64(content.signature),
                },
            }
            : {
                dsseEnvelope: {
                    payload: base64(content.payload),
                    payloadType: statementPayloadType,
                    signatures: [{ sig: base64(content.signature) }],
                },
            }),
    };
    return Buffer.from(JSON.stringify(bundle));
}
/** What is signed in a DSSE envelope (DSSE protocol, "Signature Definition"): its pre-authentication encoding. */
function preAuthenticationEncoding(payload, payloadType = statementPayloadType) {
    const type = Buffer.from(payloadType);
    return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

;// CONCATENATED MODULE: ./build/source/src/sigstore/entity.js




/** @throws UserError when the bytes are not a Sigstore bundle */
async function parseBundle(bytes) {
    const { bundleFromJSON } = await Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(1040)]).then(__webpack_require__.t.bind(__webpack_require__, 61040, 19));
    try {
        return bundleFromJSON(JSON.parse(Buffer.from(bytes).toString('utf8')));
    }
    catch {
        throw new runner/* UserError */.yo('Not a Sigstore bundle, or one that was cut off or changed', {
            hint: 'A bundle is JSON whose mediaType starts with application/vnd.dev.sigstore.bundle.',
        });
    }
}
/** The certificate (DER) of a keyless bundle; undefined when a key signed. */
function certificateOf(bundle) {
    const { content } = bundle.verificationMaterial;
    switch (content.$case) {
        case 'certificate':
            return content.certificate.rawBytes;
        case 'x509CertificateChain':
            return content.x509CertificateChain.certificates[0]?.rawBytes;
        case 'publicKey':
            return undefined;
    }
}
/**
 * Reads the message that a bundle must have signed.
 * @throws UserError when the bundle signs a statement, or other bytes
 */
async function messageContent(bundle, key, open) {
    if (bundle.content.$case !== 'messageSignature') {
        throw new runner/* UserError */.yo('The bundle holds an attestation, not a signature over the file itself');
    }
    const { messageDigest, signature } = bundle.content.messageSignature;
    const { HashAlgorithm } = await __webpack_require__.e(/* import() */ 9654).then(__webpack_require__.t.bind(__webpack_require__, 19654, 19));
    const hashName = new Map([
        [HashAlgorithm.SHA2_256, 'sha256'],
        [HashAlgorithm.SHA2_384, 'sha384'],
        [HashAlgorithm.SHA2_512, 'sha512'],
    ]).get(messageDigest.algorithm);
    if (!hashName)
        throw new runner/* UserError */.yo('The bundle names a hash that is not known');
    const message = await readMessage(open(), hashName, key.asymmetricKeyType === 'ed25519');
    if (!message.digest.equals(messageDigest.digest)) {
        throw new runner/* UserError */.yo(`The file differs from what was signed: signed ${hashName}:${messageDigest.digest.toString('hex')}, found ${hashName}:${message.digest.toString('hex')}`);
    }
    return {
        signature,
        compareSignature: (other) => signature.equals(other),
        compareDigest: (digest) => message.digest.equals(digest),
        compareSignedDigest: (digest) => message.digest.equals(digest),
        verifySignature: (publicKey) => message.verify(publicKey, signature),
    };
}
/** The content of a bundle that this process signed a moment ago: the signature need only be by our own key. */
function knownContent(bundle, signature, digest, ownKey) {
    if (bundle.content.$case === 'dsseEnvelope')
        return statementContent(bundle).content;
    return {
        signature,
        compareSignature: (other) => signature.equals(other),
        compareDigest: (other) => digest.equals(other),
        compareSignedDigest: (other) => digest.equals(other),
        verifySignature: (publicKey) => publicKey.equals(ownKey),
    };
}
/** @throws UserError when the bundle does not hold an in-toto statement */
function statementContent(bundle) {
    if (bundle.content.$case !== 'dsseEnvelope') {
        throw new runner/* UserError */.yo('The bundle signs the bytes of a file; an attestation is needed');
    }
    const { payload, payloadType, signatures } = bundle.content.dsseEnvelope;
    if (payloadType !== statementPayloadType)
        throw new runner/* UserError */.yo(`The envelope holds '${payloadType}', not an in-toto statement`);
    const signature = signatures[0]?.sig ?? Buffer.alloc(0);
    const signed = preAuthenticationEncoding(payload);
    return {
        payload,
        content: {
            signature,
            compareSignature: (other) => signature.equals(other),
            compareDigest: (digest) => hashOf(payload, digest.length).equals(digest),
            compareSignedDigest: (digest) => hashOf(signed, digest.length).equals(digest),
            verifySignature: (publicKey) => hashesOf(publicKey).some((hash) => (0,external_node_crypto_.verify)(hash, signed, publicKey, signature)),
        },
    };
}
/** Public key of a certificate (DER). @throws UserError */
function publicKeyOf(der) {
    try {
        return new external_node_crypto_.X509Certificate(der).publicKey;
    }
    catch {
        throw new runner/* UserError */.yo('The certificate in the bundle cannot be read');
    }
}
// An envelope does not say its hash. A key pair signs with SHA-256; Fulcio's larger curves with the hash of their size.
function hashesOf(key) {
    switch (key.asymmetricKeyType) {
        case 'ed25519':
            return [null];
        case 'ec':
            return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? ['sha256'] : ['sha256', 'sha384', 'sha512'];
        default:
            return ['sha256'];
    }
}
function hashOf(bytes, size) {
    const name = size === 48 ? 'sha384' : size === 64 ? 'sha512' : 'sha256';
    return (0,external_node_crypto_.createHash)(name).update(bytes).digest();
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/wrong-signer.js

/** Somebody else signed than was expected; whether their signature holds was not looked at. */
class WrongSigner extends runner/* UserError */.yo {
    /** Who it claims to be by: `'IDENTITY' (ISSUER)`, or a key. */
    claimed;
    constructor(claimed, message, options = {}) {
        super(message, options);
        this.name = 'WrongSigner';
        this.claimed = claimed;
    }
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/proof.js




/**
 * Proves a bundle's signature; keyless also the certificate's chain and its log (SCT), the transparency log's entry,
 * and a trusted time within the certificate's life. What is in a bundle must hold, even where it is not demanded.
 * @returns the earliest proven time of signing
 * @throws UserError
 */
async function proveBundle(bundle, signature, trust) {
    const { Verifier } = await Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(3917), __webpack_require__.e(4187)]).then(__webpack_require__.t.bind(__webpack_require__, 54187, 19));
    const material = {
        ...(await materialOf(trust.root)),
        publicKey: () => {
            if (trust.kind !== 'key')
                throw new runner/* UserError */.yo('The bundle was signed by a key, not keyless');
            return { publicKey: trust.publicKey, validFor: () => true };
        },
    };
    const least = trust.kind === 'key' ? 0 : 1;
    const { logEntries = 0, timestamps = 0, certificateTimestamps = 0 } = trust.thresholds ?? {};
    const verifier = new Verifier(material, {
        ctlogThreshold: Math.max(least, certificateTimestamps),
        tlogThreshold: Math.max(least, logEntries),
        timestampThreshold: Math.max(least, timestamps),
    });
    try {
        const entity = await entityOf(bundle, signature, trust);
        verifier.verify(entity);
        return earliestOf(entity.timestamps);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            throw error;
        const other = otherKey(error, bundle, trust);
        if (other)
            throw other;
        throw new runner/* UserError */.yo(explain(error), { cause: error });
    }
}
const materials = new WeakMap();
/** Parsed certificates and keys, once for each root: a batch is verified by the same. */
async function materialOf(given) {
    const { toTrustMaterial } = await Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(3917), __webpack_require__.e(4187)]).then(__webpack_require__.t.bind(__webpack_require__, 54187, 19));
    const { TrustedRoot } = await __webpack_require__.e(/* import() */ 9654).then(__webpack_require__.t.bind(__webpack_require__, 19654, 19));
    const root = given ?? TrustedRoot.fromJSON({});
    const material = materials.get(root) ?? toTrustMaterial(root);
    materials.set(root, material);
    return material;
}
async function entityOf(bundle, signature, trust) {
    const { X509Certificate } = await __webpack_require__.e(/* import() */ 3917).then(__webpack_require__.t.bind(__webpack_require__, 83917, 19));
    const { content } = bundle.verificationMaterial;
    const certificate = certificateOf(bundle);
    const key = certificate
        ? { $case: 'certificate', certificate: X509Certificate.parse(Buffer.from(certificate)) }
        : { $case: 'public-key', hint: content.$case === 'publicKey' ? content.publicKey.hint : '' };
    // Without a trusted root nothing can be said of log entries and timestamps, and a key does not need them.
    if (!trust.root)
        return { signature, key, tlogEntries: [], timestamps: [] };
    const tlogEntries = bundle.verificationMaterial.tlogEntries;
    return { signature, key, tlogEntries, timestamps: await timestampsOf(bundle, tlogEntries) };
}
// The time in a log entry counts only under the log's signature: the inclusion promise, which the verifier checks.
async function timestampsOf(bundle, entries) {
    const { RFC3161Timestamp } = await __webpack_require__.e(/* import() */ 3917).then(__webpack_require__.t.bind(__webpack_require__, 83917, 19));
    const timestamps = [];
    for (const tlogEntry of entries) {
        const dated = tlogEntry.inclusionPromise !== undefined && Number(tlogEntry.integratedTime) > 0;
        if (dated)
            timestamps.push({ $case: 'transparency-log', tlogEntry });
    }
    for (const { signedTimestamp } of bundle.verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []) {
        timestamps.push({ $case: 'timestamp-authority', timestamp: RFC3161Timestamp.parse(Buffer.from(signedTimestamp)) });
    }
    return timestamps;
}
function earliestOf(timestamps) {
    const times = timestamps.map((one) => one.$case === 'timestamp-authority'
        ? one.timestamp.signingTime.getTime()
        : Number(one.tlogEntry.integratedTime) * 1000);
    return times.length === 0 ? undefined : new Date(Math.min(...times));
}
/** Where the bundle names another key than the one that did not verify it, that is why. */
function otherKey(error, bundle, trust) {
    const { content } = bundle.verificationMaterial;
    const named = content.$case === 'publicKey' ? content.publicKey.hint : '';
    if (codeOf(error) !== 'SIGNATURE_ERROR' || trust.kind !== 'key' || named === '')
        return undefined;
    const given = keyHintOf(trust.publicKey);
    if (named === given)
        return undefined;
    return new WrongSigner(`the key ${named}`, `The signature is by another key: the bundle names ${named}, the key given is ${given}`);
}
function explain(error) {
    const code = codeOf(error);
    const detail = messagesOf(error).join(': ');
    if (code === 'SIGNATURE_ERROR')
        return 'The signature does not match: the content was changed, or another key signed it';
    if (code === 'TIMESTAMP_ERROR')
        return `The time of signing is not proven: ${detail}`;
    if (code === 'CERTIFICATE_ERROR')
        return `The certificate is not to be trusted: ${detail}`;
    if (code.startsWith('TLOG'))
        return `The transparency log does not confirm the signature: ${detail}`;
    return `The bundle does not hold: ${detail}`;
}
const codeOf = (error) => error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';
function messagesOf(error) {
    if (!(error instanceof Error))
        return [];
    return [error.message, ...messagesOf(error.cause)];
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/verifier.js






/** A verifier of bundles by one signer. */
function verifierOf(trust) {
    return {
        trusted: trust.kind === 'key'
            ? { kind: 'key', identity: keyIdOf(trust.publicKey), issuer: undefined }
            : { kind: 'keyless', identity: trust.identity, issuer: trust.issuer },
        async verifyBlob(bytes, open) {
            const bundle = await parseBundle(bytes);
            const { key, signer } = await signerOf(bundle, trust);
            return dated(signer, await proveBundle(bundle, await messageContent(bundle, key, open), trust));
        },
        async verifyStatement(bytes) {
            const bundle = await parseBundle(bytes);
            const { signer } = await signerOf(bundle, trust);
            const { content, payload } = statementContent(bundle);
            const signedAt = await proveBundle(bundle, content, trust);
            return { statement: parseStatement(payload), signer: dated(signer, signedAt) };
        },
    };
}
const dated = (signer, signedAt) => signedAt === undefined ? signer : { ...signer, signedAt };
/**
 * Who claims to have signed; the claim is worth something only after `proveBundle`.
 * @throws UserError when it is not whom we trust
 */
async function signerOf(bundle, trust) {
    const der = certificateOf(bundle);
    if (trust.kind === 'key') {
        if (der)
            throw new WrongSigner(await claimOf(der), 'The bundle was signed keyless, not by a key', {
                hint: "Verify it by 'certificate-identity' and 'certificate-oidc-issuer'.",
            });
        const signer = {
            kind: 'key',
            identity: keyIdOf(trust.publicKey),
            issuer: undefined,
            extensions: {},
        };
        return { key: trust.publicKey, signer };
    }
    if (!der)
        throw new WrongSigner('a key', 'The bundle was signed by a key, not keyless', {
            hint: "Verify it with the public key: 'key'.",
        });
    const { identity, issuer, extensions } = await readCertificate(der);
    if (trust.pattern ? !trust.pattern.test(identity) : identity !== trust.identity) {
        throw new WrongSigner(await claimOf(der), `Signed by '${identity}', not by '${trust.identity}'`);
    }
    if (issuer !== trust.issuer) {
        throw new WrongSigner(await claimOf(der), `The identity was attested by '${issuer}', not by '${trust.issuer}'`);
    }
    return { key: publicKeyOf(der), signer: { kind: 'keyless', identity, issuer, extensions } };
}
async function claimOf(der) {
    const { identity, issuer } = await readCertificate(der);
    return `'${identity}' (${issuer})`;
}
function parseStatement(payload) {
    let statement;
    try {
        statement = JSON.parse(payload.toString('utf8'));
    }
    catch {
        throw new runner/* UserError */.yo('The signed statement is not JSON');
    }
    const type = statement !== null && typeof statement === 'object' && '_type' in statement ? statement._type : undefined;
    if (type !== 'https://in-toto.io/Statement/v1' && type !== 'https://in-toto.io/Statement/v0.1') {
        throw new runner/* UserError */.yo('The signed document is not an in-toto statement');
    }
    return statement;
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/open-verifier.js





/** @throws UserError when no key and no identity with issuer is given, or both are */
async function openVerifier(options, step) {
    const keyPassword = options.keyPassword ?? step.environment.COSIGN_PASSWORD;
    if (keyPassword)
        step.secret(keyPassword);
    return verifierOf(await trustOf({ ...options, keyPassword }, step));
}
/**
 * A verifier of what a signer made before, so that a second run need not sign again.
 * @throws UserError when there is no trusted root for a keyless signer
 */
const openSignerVerifier = (signer, trustedRoot) => verifierOpener(trustedRoot)(signer);
/**
 * Opens verifiers of several signers. The trusted root is read once, when a signer first needs it: always for a keyless
 * one, and for a key where a root is named or a log or a timestamp is demanded.
 */
function verifierOpener(trustedRoot, thresholds) {
    let loaded;
    const root = () => {
        loaded ??= loadTrustedRoot(trustedRoot);
        return loaded;
    };
    return async (signer) => {
        if (signer.kind === 'keyless') {
            return verifierOf({ ...signer, root: await root(), ...(thresholds ? { thresholds } : {}) });
        }
        const publicKey = (0,external_node_crypto_.createPublicKey)(signer.publicKey);
        const needsRoot = trustedRoot !== undefined || (thresholds && thresholds.logEntries + thresholds.timestamps > 0);
        return verifierOf({
            kind: 'key',
            publicKey,
            root: needsRoot ? await root() : undefined,
            ...(thresholds ? { thresholds } : {}),
        });
    };
}
async function trustOf({ key, keyPassword, certificateIdentity, certificateOidcIssuer, trustedRoot }, step) {
    if (key !== undefined) {
        if (certificateIdentity !== undefined || certificateOidcIssuer !== undefined) {
            throw new runner/* UserError */.yo('A key and a certificate identity were given; a signer is known by one of them', {
                hint: "Give either 'key', or 'certificate-identity' and 'certificate-oidc-issuer'.",
            });
        }
        const root = trustedRoot === undefined ? undefined : await loadTrustedRoot(trustedRoot);
        return { kind: 'key', publicKey: await openPublicKey(key, keyPassword, step), root };
    }
    if (!certificateIdentity || !certificateOidcIssuer) {
        throw new runner/* UserError */.yo('It was not said who must have signed', {
            hint: "Give 'key', or both 'certificate-identity' and 'certificate-oidc-issuer'.",
        });
    }
    return {
        kind: 'keyless',
        identity: certificateIdentity,
        issuer: certificateOidcIssuer,
        root: await loadTrustedRoot(trustedRoot),
    };
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/service-request.js

const longestReason = 300;
/**
 * Sends a request to a Sigstore service and answers a good response, or one of the statuses that the caller handles.
 * @throws UserError with the service's reason, in which `secret` is blotted out
 */
async function requestService(http, request, options) {
    const response = await http.request(request);
    if (response.ok || options.handled?.includes(response.status))
        return response;
    const reason = reasonOf(await response.text().catch(() => ''));
    const shown = options.secret ? reason.replaceAll(options.secret, '***') : reason;
    throw new runner/* UserError */.yo(`${options.service} at ${request.url} refused: ${response.status}${shown && ` ${shown}`}`);
}
/** A request with a JSON body. */
const jsonRequest = (url, body) => ({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
});
function reasonOf(body) {
    try {
        const json = JSON.parse(body);
        if (json !== null && typeof json === 'object' && 'message' in json)
            return String(json.message).slice(0, longestReason);
    }
    catch {
        // Not JSON: the text itself is the reason.
    }
    return body.trim().slice(0, longestReason);
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/rekor.js





/** The log has this very entry already, and does not hand it out: sign once more. */
class DuplicateEntry extends Error {
}
// A Rekor v2 answers only after its next checkpoint, and may wait for it this long (rekor-tiles, CLIENTS.md).
const timeout = 60_000;
const conflict = 409;
const notFound = 404;
/**
 * Adds an entry to a Rekor log and answers it as JSON of Sigstore's protobuf TransparencyLogEntry.
 * @throws UserError when the log refuses it
 * @throws DuplicateEntry
 */
async function logSignature(http, log, request) {
    if (log.version !== 1) {
        const entry = await logToTiles(http, log, request);
        if (entry)
            return entry;
    }
    return logToRekor1(http, log.url, request);
}
/**
 * Rekor v2. An envelope is logged by its hash, too: the log takes no `dsse` entries any more.
 * Undefined when the server does not know this API and `version` was open.
 */
async function logToTiles(http, log, request) {
    const { content, digest, publicKey, certificate } = request;
    const verifier = certificate
        ? { x509Certificate: { rawBytes: certificate.toString('base64') } }
        : { publicKey: { rawBytes: subjectPublicKeyInfo(publicKey).toString('base64') } };
    const entry = {
        hashedRekordRequestV002: {
            digest: digest.toString('base64'),
            signature: {
                content: content.signature.toString('base64'),
                verifier: { ...verifier, keyDetails: keyDetailsOf(publicKey) },
            },
        },
    };
    const handled = log.version === undefined ? [conflict, notFound] : [conflict];
    const response = await requestService(http, { ...jsonRequest(`${log.url}/api/v2/log/entries`, entry), timeout }, { service: 'Rekor', handled });
    if (response.status === notFound)
        return undefined;
    if (response.status === conflict)
        throw new DuplicateEntry(`Rekor at ${log.url} has this entry already`);
    const logged = await response.json();
    if (logged === null || typeof logged !== 'object')
        throw new runner/* UserError */.yo(`Rekor at ${log.url} answered with no log entry`);
    // Members without a value are left out of a bundle: not every reader takes null.
    return Object.fromEntries(Object.entries(logged).filter(([, value]) => value !== null));
}
async function logToRekor1(http, url, request) {
    const response = await requestService(http, { ...jsonRequest(`${url}/api/v1/log/entries`, rekor1Proposal(request)), timeout }, { service: 'Rekor', handled: [conflict] });
    if (response.status !== conflict)
        return rekor1Entry(await response.json(), url);
    // The same entry was made before, perhaps by a try whose answer was lost; it names where it is.
    const location = response.headers.get('location');
    if (!location)
        throw new DuplicateEntry(`Rekor at ${url} has this entry already`);
    const existing = new URL(location, `${url}/`);
    if (existing.origin !== new URL(url).origin)
        throw new runner/* UserError */.yo(`Rekor at ${url} names an entry on another host`);
    const found = await requestService(http, { url: existing, headers: { accept: 'application/json' } }, { service: 'Rekor' });
    return rekor1Entry(await found.json(), url);
}
function rekor1Proposal({ content, digest, publicKey, certificate }) {
    const verifier = Buffer.from(certificate ? certificatePem(certificate) : publicKeyPem(publicKey)).toString('base64');
    const signature = content.signature.toString('base64');
    if (content.kind === 'message') {
        return {
            apiVersion: '0.0.1',
            kind: 'hashedrekord',
            spec: {
                data: { hash: { algorithm: 'sha256', value: digest.toString('hex') } },
                signature: { content: signature, publicKey: { content: verifier } },
            },
        };
    }
    const envelope = {
        payload: Buffer.from(content.payload).toString('base64'),
        payloadType: statementPayloadType,
        signatures: [{ sig: signature, keyid: '' }],
    };
    return {
        apiVersion: '0.0.1',
        kind: 'dsse',
        spec: { proposedContent: { envelope: JSON.stringify(envelope), verifiers: [verifier] } },
    };
}
/** Rekor v1's answer (openapi.yaml, LogEntry: one entry by its UUID) as a bundle has it. */
function rekor1Entry(answer, url) {
    const [entry, ...others] = answer !== null && typeof answer === 'object' ? Object.values(answer) : [];
    const body = (0,sigstore_json/* member */.D)(entry, 'body');
    const proof = (0,sigstore_json/* member */.D)((0,sigstore_json/* member */.D)(entry, 'verification'), 'inclusionProof');
    const promise = (0,sigstore_json/* member */.D)((0,sigstore_json/* member */.D)(entry, 'verification'), 'signedEntryTimestamp');
    if (others.length > 0 || typeof body !== 'string')
        throw new runner/* UserError */.yo(`Rekor at ${url} answered with no log entry`);
    const record = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
    const hashes = (0,sigstore_json/* member */.D)(proof, 'hashes');
    return {
        logIndex: String((0,sigstore_json/* member */.D)(entry, 'logIndex')),
        logId: { keyId: hexToBase64((0,sigstore_json/* member */.D)(entry, 'logID')) },
        kindVersion: { kind: (0,sigstore_json/* member */.D)(record, 'kind'), version: (0,sigstore_json/* member */.D)(record, 'apiVersion') },
        integratedTime: String((0,sigstore_json/* member */.D)(entry, 'integratedTime')),
        ...(promise === undefined ? {} : { inclusionPromise: { signedEntryTimestamp: promise } }),
        ...(proof === undefined
            ? {}
            : {
                inclusionProof: {
                    logIndex: String((0,sigstore_json/* member */.D)(proof, 'logIndex')),
                    rootHash: hexToBase64((0,sigstore_json/* member */.D)(proof, 'rootHash')),
                    treeSize: String((0,sigstore_json/* member */.D)(proof, 'treeSize')),
                    hashes: Array.isArray(hashes) ? hashes.map(hexToBase64) : [],
                    checkpoint: { envelope: (0,sigstore_json/* member */.D)(proof, 'checkpoint') },
                },
            }),
        canonicalizedBody: body,
    };
}
const hexToBase64 = (hex) => Buffer.from(String(hex), 'hex').toString('base64');
const certificatePem = (der) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
/** Sigstore's name (sigstore_common.proto, PublicKeyDetails) of a key that signs with SHA-256. */
function keyDetailsOf(publicKey) {
    const { namedCurve, modulusLength } = publicKey.asymmetricKeyDetails ?? {};
    if (namedCurve === 'prime256v1')
        return 'PKIX_ECDSA_P256_SHA_256';
    if (modulusLength === 2048 || modulusLength === 3072 || modulusLength === 4096)
        return `PKIX_RSA_PKCS1V15_${modulusLength}_SHA256`;
    throw new runner/* UserError */.yo('Rekor v2 takes no signatures of this kind of key', {
        hint: 'Sign with an EC P-256 key or an RSA key of 2048, 3072 or 4096 bits, or without a transparency log.',
    });
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/timestamp.js


// TimeStampReq (RFC 3161, 2.4.1) of version 1 and SHA-256, up to the hash. Certificates are not asked for: the trusted root has them.
const requestPrefix = Buffer.from('3036020101' + '3031' + '300d06096086480165030402010500' + '0420', 'hex');
/** Has the time of a signature attested by a timestamp authority. Answers the TimeStampResp, DER. @throws UserError */
async function requestTimestamp(http, url, signature) {
    const body = Buffer.concat([requestPrefix, (0,external_node_crypto_.createHash)('sha256').update(signature).digest()]);
    const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
    const response = await requestService(http, { method: 'POST', url, headers, body }, { service: 'The timestamp authority' });
    return Buffer.from(await response.arrayBuffer());
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/testimony.js


/**
 * Has all logs and timestamp authorities testify to a signature, side by side.
 * @throws UserError when one of them refuses
 * @throws DuplicateEntry when a log has it already; another signature helps
 */
async function requestTestimony(http, services, request) {
    const [logEntries, timestamps] = await Promise.all([
        Promise.all(services.logs.map((log) => logSignature(http, log, request))),
        Promise.all(services.timestampAuthorities.map((url) => requestTimestamp(http, url, request.content.signature))),
    ]);
    return { logEntries, timestamps };
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/bundle-signer.js







const attempts = 3;
/** Signs with a credential and has the services testify. With a root, each bundle is proven before it is handed out. */
function bundleSigner(credential, services, root, step) {
    const { key: signingKey, hint } = credential;
    const { publicKey } = signingKey;
    async function complete(content, digest) {
        const certificate = await credential.certificate();
        const testimony = await requestTestimony(step.http, services, { content, digest, publicKey, certificate });
        const key = certificate
            ? { kind: 'certificate', der: certificate }
            : { kind: 'publicKey', hint };
        const bytes = serializeBundle(content, key, testimony);
        if (root)
            await prove(bytes, content, digest, root);
        return bytes;
    }
    // The file was hashed just now and is not read again: what can still be wrong is what the services said.
    async function prove(bytes, { signature }, digest, root) {
        const bundle = await parseBundle(bytes);
        const signer = credential.describe();
        const trust = signer.kind === 'key' ? { kind: 'key', publicKey, root } : { ...signer, root };
        await proveBundle(bundle, knownContent(bundle, signature, digest, publicKey), trust);
    }
    return {
        get signer() {
            return credential.describe();
        },
        signBlob: (open) => withoutDuplicate(async () => {
            const { signature, digest } = await signingKey.signStream(open());
            return complete({ kind: 'message', digest, signature }, digest);
        }),
        signStatement: (payload) => withoutDuplicate(async () => {
            const signed = preAuthenticationEncoding(payload);
            const signature = await signingKey.signBytes(signed);
            return complete({ kind: 'statement', payload, signature }, digestOf(signed));
        }),
    };
}
/** After a lost answer a log may hold the entry and not hand it out; an ECDSA signature made anew is another entry. */
async function withoutDuplicate(sign) {
    for (let attempt = 1;; attempt++) {
        try {
            return await sign();
        }
        catch (error) {
            if (!(error instanceof DuplicateEntry))
                throw error;
            if (attempt === attempts)
                throw new runner/* UserError */.yo(error.message, { hint: 'Sign with an EC P-256 key, whose signatures differ each time.' });
        }
    }
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/services.js

const noServices = { fulcio: undefined, logs: [], timestampAuthorities: [] };
/** An http(s) URL without a slash at its end. @throws UserError */
function serviceUrl(text, what) {
    const url = URL.parse(text);
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
        throw new runner/* UserError */.yo(`${what} is not the URL of a service: '${text}'`, { hint: 'Write it as https://host.' });
    }
    return url.href.replace(/\/+$/, '');
}
/** A signing configuration has the whole URL; a user may give the host of a Sigstore timestamp authority alone. */
function timestampEndpoint(text, what) {
    const url = serviceUrl(text, what);
    return new URL(url).pathname === '/' ? `${url}/api/v1/timestamp` : url;
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/signing-config.js



const mediaType = /^application\/vnd\.dev\.sigstore\.signingconfig\.v0\.2\+json$/;
/** Newest API of each kind of service that this client speaks. */
const newest = { fulcio: 1, rekor: 2, timestamp: 1 };
/**
 * The services that a signing configuration (sigstore_trustroot.proto, SigningConfig) selects at a time.
 * @throws UserError when it is not one, or has fewer services than it demands
 */
async function servicesOf(text, what, now) {
    const { ServiceSelector, SigningConfig } = await __webpack_require__.e(/* import() */ 9654).then(__webpack_require__.t.bind(__webpack_require__, 19654, 19));
    const config = parseDocument(text, what, mediaType, (json) => SigningConfig.fromJSON(json));
    const select = (services, wish, version, kind) => {
        const usable = newestByOperator(services, version, now);
        switch (wish?.selector) {
            case undefined:
                return [];
            case ServiceSelector.ALL:
                return usable;
            case ServiceSelector.EXACT:
            case ServiceSelector.ANY: {
                const count = wish.selector === ServiceSelector.ANY ? 1 : wish.count;
                if (count >= 1 && usable.length >= count)
                    return usable.slice(0, count);
                throw new runner/* UserError */.yo(`${what} demands ${count} ${kind}, and has ${usable.length} that can be used now`);
            }
            default:
                throw new runner/* UserError */.yo(`${what} does not say how many ${kind} it demands`);
        }
    };
    const logs = select(config.rekorTlogUrls, config.rekorTlogConfig, newest.rekor, 'transparency logs');
    const timestamps = select(config.tsaUrls, config.tsaConfig, newest.timestamp, 'timestamp authorities');
    const [fulcio] = newestByOperator(config.caUrls, newest.fulcio, now);
    return {
        fulcio: fulcio && serviceUrl(fulcio.url, what),
        logs: logs.map(({ url, majorApiVersion }) => ({
            url: serviceUrl(url, what),
            version: majorApiVersion === 2 ? 2 : 1,
        })),
        timestampAuthorities: timestamps.map(({ url }) => timestampEndpoint(url, what)),
    };
}
// At most one of each operator: the newest API we speak, then the one that began last; one that begins later is no choice yet.
function newestByOperator(services, newestVersion, now) {
    const chosen = new Map();
    for (const service of services
        .filter(({ majorApiVersion }) => majorApiVersion <= newestVersion)
        .filter(isOpen(now))
        .sort(newestFirst)) {
        if (!chosen.has(service.operator))
            chosen.set(service.operator, service);
    }
    return [...chosen.values()];
}
const isOpen = (now) => ({ validFor }) => (validFor?.start === undefined || validFor.start <= now) && (validFor?.end === undefined || now <= validFor.end);
const newestFirst = (left, right) => right.majorApiVersion - left.majorApiVersion || startOf(right) - startOf(left);
const startOf = ({ validFor }) => validFor?.start?.getTime() ?? 0;

;// CONCATENATED MODULE: ./build/source/src/sigstore/choose-services.js




/** True when the user chose services; then a key pair's signatures are logged and timestamped, too. */
const namesServices = (options) => options.signingConfig !== undefined || namesUrls(options);
/**
 * Services from a signing_config.json or from URLs, else those of the public instance by TUF.
 * @throws UserError
 */
async function chooseServices(options, step) {
    if (!namesUrls(options)) {
        const path = options.signingConfig;
        const text = path === undefined ? await publicTarget('signing_config.v0.2.json') : await readDocument(path);
        return servicesOf(text, path ?? "the public instance's signing configuration", step.now());
    }
    if (options.signingConfig !== undefined) {
        throw new runner/* UserError */.yo('A signing configuration and service URLs were given', {
            hint: "Give either 'signing-config', or 'fulcio-url', 'rekor-url' and 'timestamp-url'.",
        });
    }
    const { fulcioUrl, rekorUrl, timestampUrl } = options;
    return {
        fulcio: fulcioUrl === undefined ? undefined : serviceUrl(fulcioUrl, "input 'fulcio-url'"),
        logs: rekorUrl === undefined ? [] : [{ url: serviceUrl(rekorUrl, "input 'rekor-url'"), version: undefined }],
        timestampAuthorities: timestampUrl === undefined ? [] : [timestampEndpoint(timestampUrl, "input 'timestamp-url'")],
    };
}
const namesUrls = ({ fulcioUrl, rekorUrl, timestampUrl }) => [fulcioUrl, rekorUrl, timestampUrl].some((url) => url !== undefined);

;// CONCATENATED MODULE: ./build/source/src/sigstore/fulcio.js






/**
 * Asks Fulcio for a certificate over a key. Answers the leaf, DER.
 * Source: github.com/sigstore/fulcio, fulcio.proto, CreateSigningCertificate.
 * @throws UserError when it refuses the identity
 */
async function requestCertificate(http, fulcio, identity, privateKey) {
    const publicKey = (0,external_node_crypto_.createPublicKey)(privateKey);
    const request = jsonRequest(`${fulcio}/api/v2/signingCert`, {
        credentials: { oidcIdentityToken: identity.token },
        publicKeyRequest: {
            publicKey: { algorithm: 'ECDSA', content: publicKeyPem(publicKey) },
            proofOfPossession: signBytes(privateKey, Buffer.from(identity.challenge)).toString('base64'),
        },
    });
    const response = await requestService(http, request, { service: 'Fulcio', secret: identity.token });
    const certificate = leafOf(await response.json());
    if (!certificate?.publicKey.equals(publicKey)) {
        throw new runner/* UserError */.yo(`Fulcio at ${fulcio} answered with no certificate over our key`);
    }
    return certificate.raw;
}
/** First certificate of the chain; the SCT is inside it, or came apart. */
function leafOf(answer) {
    const signed = (0,sigstore_json/* member */.D)(answer, 'signedCertificateEmbeddedSct') ?? (0,sigstore_json/* member */.D)(answer, 'signedCertificateDetachedSct');
    const pem = (0,sigstore_json/* member */.D)((0,sigstore_json/* member */.D)((0,sigstore_json/* member */.D)(signed, 'chain'), 'certificates'), '0');
    try {
        return typeof pem === 'string' ? new external_node_crypto_.X509Certificate(pem) : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/identity-token.js

/**
 * Reads the claims of an OIDC token (RFC 7519).
 * @throws UserError that does not quote the token
 */
function readIdentityToken(token) {
    const claims = decodeClaims(token);
    const text = (name) => {
        const value = claims.get(name);
        return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const issuer = text('iss');
    const subject = text('sub');
    if (!issuer || !subject)
        throw malformed('it names no issuer or no subject');
    const email = text('email');
    if (email && claims.get('email_verified') !== true && claims.get('email_verified') !== 'true') {
        throw new runner/* UserError */.yo('The email address in the identity token was not verified by its issuer');
    }
    const expires = claims.get('exp');
    return {
        identity: email ?? workflowOf(text) ?? subject,
        issuer: connectorOf(claims) ?? issuer,
        challenge: email ?? subject,
        expires: typeof expires === 'number' ? new Date(expires * 1000) : undefined,
    };
}
// GitHub's and GitLab's certificates name the workflow file, not the token's subject (fulcio: docs/oidc.md).
function workflowOf(text) {
    const github = text('job_workflow_ref');
    if (github)
        return `https://github.com/${github}`;
    const gitlab = text('ci_config_ref_uri');
    return gitlab ? `https://${gitlab}` : undefined;
}
// Sigstore's own Dex names in this claim the issuer that it asked.
function connectorOf(claims) {
    const federated = claims.get('federated_claims');
    if (federated === null || typeof federated !== 'object' || !('connector_id' in federated))
        return undefined;
    return typeof federated.connector_id === 'string' ? federated.connector_id : undefined;
}
function decodeClaims(token) {
    const parts = token.split('.');
    if (parts.length !== 3)
        throw malformed('it has not three parts');
    let claims;
    try {
        claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    }
    catch {
        throw malformed('its claims are not JSON');
    }
    if (claims === null || typeof claims !== 'object')
        throw malformed('its claims are not an object');
    return new Map(Object.entries(claims));
}
const malformed = (reason) => new runner/* UserError */.yo(`The identity token is not a JSON Web Token: ${reason}`, {
    hint: "Check what is given by the input 'identity-token' or in SIGSTORE_ID_TOKEN.",
});

;// CONCATENATED MODULE: ./build/source/src/sigstore/credential.js







// Logs and timestamps must be had while the certificate is valid.
const leastLife = 60_000;
function keyCredential(key, origin) {
    const { publicKey } = key;
    const signer = {
        kind: 'key',
        origin,
        keyId: keyIdOf(publicKey),
        publicKey: publicKeyPem(publicKey),
    };
    return {
        key,
        hint: keyHintOf(publicKey),
        describe: () => signer,
        certificate: async () => undefined,
    };
}
/**
 * A key that lives in memory only, under a certificate of Fulcio that serves a whole batch and is renewed before it ends.
 * @throws UserError when the token cannot be read
 */
function keylessCredential(tokens, fulcio, step) {
    const { privateKey, publicKey } = (0,external_node_crypto_.generateKeyPairSync)('ec', { namedCurve: 'P-256' });
    const claims = readIdentityToken(tokens.first);
    let signer = { kind: 'keyless', identity: claims.identity, issuer: claims.issuer };
    let unused = tokens.first;
    let current;
    async function request() {
        const token = unused && lives(readIdentityToken(unused).expires) ? unused : await tokens.next();
        unused = undefined;
        const { challenge, expires } = readIdentityToken(token);
        if (expires && expires <= step.now()) {
            throw new runner/* UserError */.yo(`The identity token expired at ${expires.toISOString()}`, {
                hint: 'Get a new one and run the step again.',
            });
        }
        const der = await requestCertificate(step.http, fulcio, { token, challenge }, privateKey);
        const { identity, issuer, notAfter } = await readCertificate(der);
        signer = { kind: 'keyless', identity, issuer };
        return { der, notAfter };
    }
    const lives = (end) => end === undefined || end.getTime() - step.now().getTime() >= leastLife;
    return {
        key: memoryKey(privateKey),
        hint: keyHintOf(publicKey),
        describe: () => signer,
        async certificate() {
            const held = current;
            if (held && lives((await held).notAfter))
                return (await held).der;
            // Another signature may have renewed it meanwhile.
            if (current === held)
                current = request();
            return (await current)?.der;
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/sigstore/signer.js









const audience = 'sigstore';
/**
 * Nothing is signed and no certificate is asked for yet. In a dry run no local key pair is made, either: one that is
 * in memory only stands for it.
 * @throws UserError when no identity is to be had, or the key cannot be read
 */
async function openSigner(options, step, { dryRun = false } = {}) {
    const password = options.keyPassword ?? step.environment.COSIGN_PASSWORD;
    if (password)
        step.secret(password);
    if (options.key !== undefined)
        return keySigner(options.key, password, options, step);
    const tokens = await findTokens(options, step);
    if (tokens)
        return keylessSigner(tokens, options, step);
    if (step.onGitHub)
        throw noIdentityOnGitHub();
    if (namesServices(options)) {
        throw new runner/* UserError */.yo('Keyless signing needs an identity token, and there is none', {
            hint: "Give one by the input 'identity-token' or in SIGSTORE_ID_TOKEN, or sign with a 'key'.",
        });
    }
    return bundleSigner(keyCredential(memoryKey(await openLocalKey(step.environment, { create: !dryRun })), 'local'), noServices, undefined, step);
}
async function keySigner(key, password, options, step) {
    const credential = keyCredential(await openSigningKey(key, password, step), 'given');
    // A key stands for itself; logs and timestamps take part only where they were named.
    if (!namesServices(options))
        return bundleSigner(credential, noServices, undefined, step);
    const services = await chooseServices(options, step);
    return bundleSigner(credential, services, await loadTrustedRoot(requireRoot(options)), step);
}
async function keylessSigner(tokens, options, step) {
    const root = await loadTrustedRoot(namesServices(options) ? requireRoot(options) : options.trustedRoot);
    const services = await chooseServices(options, step);
    const { fulcio, logs, timestampAuthorities } = services;
    if (fulcio === undefined || logs.length === 0) {
        throw new runner/* UserError */.yo('Keyless signing needs a certificate authority and a transparency log', {
            hint: "Name both: 'fulcio-url' and 'rekor-url', or a 'signing-config' that has them.",
        });
    }
    if (timestampAuthorities.length === 0 && logs.every((log) => log.version === 2)) {
        throw new runner/* UserError */.yo('Rekor v2 attests no time, and no timestamp authority was named', {
            hint: "Name one: 'timestamp-url'.",
        });
    }
    return bundleSigner(keylessCredential(tokens, fulcio, step), services, root, step);
}
/** Identity tokens: the input, SIGSTORE_ID_TOKEN, GitHub's OIDC service; undefined where there are none. */
async function findTokens(options, step) {
    const given = options.identityToken ?? step.environment.SIGSTORE_ID_TOKEN;
    if (given) {
        const token = step.secret(given.trim());
        return { first: token, next: async () => token };
    }
    const request = () => step.identityToken(audience);
    const first = await request();
    if (first === undefined)
        return undefined;
    return {
        first,
        async next() {
            const token = await request();
            if (token === undefined)
                throw noIdentityOnGitHub();
            return token;
        },
    };
}
// A fresh bundle is checked before it is handed out, and our own services are not in the public root.
function requireRoot(options) {
    if (options.trustedRoot !== undefined)
        return options.trustedRoot;
    throw new runner/* UserError */.yo('Sigstore services were named without their trusted root', {
        hint: "Give the instance's trusted_root.json by the input 'trusted-root'.",
    });
}
const noIdentityOnGitHub = () => new runner/* UserError */.yo('There is nothing to sign with: no key, and no permission to get an identity token', {
    hint: 'Give a key, or let the job sign keyless:\n\n  permissions:\n    id-token: write\n',
});

;// CONCATENATED MODULE: ./build/source/src/sigstore/index.js
/**
 * Sigstore: bundles (v0.3) made and checked, by key pair or keyless, with public or private services.
 * Knows nothing of releases; `sign`, `attest` and `verify` do.
 */










/***/ }),

/***/ 89468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ member)
/* harmony export */ });
/** A member of parsed JSON (an index of a list is a name too); undefined where there is none. */
const member = (value, name) => value !== null && typeof value === 'object' ? new Map(Object.entries(value)).get(name) : undefined;


/***/ })

};
