export const id = 9531;
export const ids = [9531];
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

/***/ 9531:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openGoogleKey: () => (/* binding */ openGoogleKey)
/* harmony export */ });
/* harmony import */ var _cloud_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76894);
/* harmony import */ var _runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89468);
/* harmony import */ var _remote_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59416);




const service = 'https://cloudkms.googleapis.com/v1/';
const pattern = /^(?<key>projects\/[^/?#]+\/locations\/[^/?#]+\/keyRings\/[^/?#]+\/cryptoKeys\/[^/?#]+)(?:\/(?:cryptoKeyVersions|versions)\/(?<version>\d+))?$/;
/**
 * A key of Google Cloud KMS: `gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K`, its newest enabled version or
 * `/cryptoKeyVersions/N`. The algorithm must take SHA-256: EC_SIGN_P256_SHA256, or RSA_SIGN_PKCS1_*_SHA256.
 * Source: cloud.google.com/kms/docs/reference/rest.
 */
async function openGoogleKey(rest, name, step) {
    const { key, version } = pattern.exec(rest)?.groups ?? {};
    if (key === undefined) {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} names no key of Google Cloud KMS`, {
            hint: 'Write gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K.',
        });
    }
    const ask = askerOf(name, step);
    const path = version === undefined ? await newestVersion(key, name, ask) : `${key}/cryptoKeyVersions/${version}`;
    const answer = await ask('GET', `${path}/publicKey`);
    const algorithm = String((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'algorithm'));
    if (!/^(EC_SIGN_P256|RSA_SIGN_PKCS1_\d+)_SHA256$/.test(algorithm)) {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} signs by ${algorithm}, which others do not verify`, {
            hint: 'Use a key with the algorithm EC_SIGN_P256_SHA256 or RSA_SIGN_PKCS1_2048_SHA256.',
        });
    }
    const pem = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'pem');
    return {
        name,
        publicKey: (0,_remote_key_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRemotePublicKey */ .S)(typeof pem === 'string' ? pem : '', name),
        async signDigest(digest) {
            const signed = await ask('POST', `${path}:asymmetricSign`, { digest: { sha256: digest.toString('base64') } });
            return Buffer.from(String((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(signed, 'signature')), 'base64');
        },
    };
}
async function newestVersion(key, name, ask) {
    const filter = new URLSearchParams({ filter: 'state=ENABLED', orderBy: 'name desc' });
    const numbers = [];
    for (let page = '';;) {
        const answer = await ask('GET', `${key}/cryptoKeyVersions?${filter}${page && `&pageToken=${encodeURIComponent(page)}`}`);
        const versions = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'cryptoKeyVersions');
        for (const version of Array.isArray(versions) ? versions : []) {
            const number = /\/(\d+)$/.exec(String((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(version, 'name')))?.[1];
            if (number)
                numbers.push(Number(number));
        }
        const next = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'nextPageToken');
        if (typeof next !== 'string' || next === '')
            break;
        page = next;
    }
    if (numbers.length === 0)
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} has no enabled version`);
    return `${key}/cryptoKeyVersions/${Math.max(...numbers)}`;
}
const askerOf = (name, step) => async (method, path, body) => {
    const access = await (0,_cloud_index_js__WEBPACK_IMPORTED_MODULE_0__/* .googleToken */ .b)(step);
    if (!access) {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`There are no credentials of Google Cloud for ${name}`, {
            hint: 'In a workflow use google-github-actions/auth, in a terminal gcloud auth application-default login.',
        });
    }
    const response = await step.http.request({
        method,
        url: service + path,
        headers: {
            authorization: `Bearer ${access.token}`,
            ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json().catch(() => undefined);
    if (response.ok)
        return answer;
    const reason = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'error'), 'message') ?? `status ${response.status}`;
    throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Google Cloud KMS refused ${name}: ${reason}`, {
        hint: 'The identity of this job needs roles/cloudkms.signer and roles/cloudkms.viewer.',
    });
};


/***/ }),

/***/ 59416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ parseRemotePublicKey)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);


/**
 * The public key that a keeper answered.
 * @param encoded PEM, or DER of SubjectPublicKeyInfo
 * @throws UserError
 */
function parseRemotePublicKey(encoded, name) {
    try {
        return typeof encoded === 'string'
            ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(encoded)
            : (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: encoded, format: 'der', type: 'spki' });
    }
    catch {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} answered something that is not a public key`);
    }
}


/***/ })

};
