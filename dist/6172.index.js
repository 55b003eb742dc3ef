export const id = 6172;
export const ids = [6172];
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

/***/ 66172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openAmazonKey: () => (/* binding */ openAmazonKey)
/* harmony export */ });
/* harmony import */ var _cloud_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76894);
/* harmony import */ var _runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89468);
/* harmony import */ var _remote_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59416);




/**
 * A key of AWS KMS: `awskms:///KEY` or `awskms://HOST/KEY`, where KEY is an id, an ARN, `alias/NAME` or the ARN of an alias.
 * The algorithm must take SHA-256, which is all that others verify: ECC_NIST_P256, or RSA.
 */
async function openAmazonKey(rest, name, step) {
    const slash = rest.indexOf('/');
    const [host, KeyId] = [rest.slice(0, slash), rest.slice(slash + 1)];
    if (slash < 0 || KeyId === '') {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} names no key of AWS KMS`, { hint: 'Write awskms:///alias/NAME or awskms:///ARN.' });
    }
    const ask = await openService(host, KeyId, name, step);
    const described = await ask('GetPublicKey', { KeyId });
    const algorithms = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(described, 'SigningAlgorithms');
    const SigningAlgorithm = ['ECDSA_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'].find((algorithm) => Array.isArray(algorithms) && algorithms.includes(algorithm));
    if (SigningAlgorithm === undefined) {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${name} cannot sign with SHA-256`, { hint: 'Use a key of the kind ECC_NIST_P256, or RSA.' });
    }
    // An alias may be moved while a batch is signed; the key that it led to stays.
    const resolved = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(described, 'KeyId');
    return {
        name,
        publicKey: (0,_remote_key_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRemotePublicKey */ .S)(bytesOf((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(described, 'PublicKey')), name),
        async signDigest(digest) {
            const request = { KeyId: resolved, Message: digest.toString('base64'), MessageType: 'DIGEST', SigningAlgorithm };
            return bytesOf((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(await ask('Sign', request), 'Signature'));
        },
    };
}
/** Credentials, region and signature version 4 are the SDK's; ECR's client is one that is here already. */
async function openService(host, key, name, step) {
    const { ECRClient } = await Promise.all(/* import() */[__webpack_require__.e(5861), __webpack_require__.e(8249)]).then(__webpack_require__.t.bind(__webpack_require__, 28249, 19));
    const ofArn = /^arn:[^:]*:kms:([^:]+):/.exec(key)?.[1];
    const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_KMS, AWS_ENDPOINT_URL } = step.environment;
    const given = ofArn || AWS_REGION || AWS_DEFAULT_REGION;
    const client = new ECRClient({ ...(0,_cloud_index_js__WEBPACK_IMPORTED_MODULE_0__/* .amazonAccess */ .T)(step), ...(given ? { region: given } : {}) });
    const region = await client.config.region().catch(() => {
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`It is not known in which region ${name} is`, { hint: 'Set AWS_REGION, or give an ARN.' });
    });
    const base = host
        ? `https://${host}`
        : AWS_ENDPOINT_URL_KMS || AWS_ENDPOINT_URL || `https://kms.${region}.${domainOf(region)}`;
    return async (operation, body) => {
        const url = new URL(base);
        const text = JSON.stringify(body);
        const signer = await client.config.signer({
            name: 'sigv4',
            signingName: 'kms',
            signingRegion: region,
            properties: {},
        });
        const signed = await signer.sign({
            method: 'POST',
            protocol: url.protocol,
            hostname: url.hostname,
            ...(url.port ? { port: Number(url.port) } : {}),
            path: '/',
            query: {},
            headers: {
                host: url.host,
                'content-type': 'application/x-amz-json-1.1',
                'x-amz-target': `TrentService.${operation}`,
            },
            body: text,
        });
        const { host: _host, ...headers } = signed.headers;
        const response = await step.http.request({ method: 'POST', url, headers, body: text });
        const answer = await response.json().catch(() => undefined);
        if (response.ok)
            return answer;
        const reason = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'message') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, 'Message') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .member */ .D)(answer, '__type');
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`AWS KMS refused ${operation} for ${name}: ${reason ?? `status ${response.status}`}`, {
            hint: 'The identity of this job needs kms:GetPublicKey, and kms:Sign to sign.',
        });
    };
}
const domainOf = (region) => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
const bytesOf = (value) => Buffer.from(typeof value === 'string' ? value : '', 'base64');


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
