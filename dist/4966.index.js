export const id = 4966;
export const ids = [4966];
export const modules = {

/***/ 4966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openProgramKey: () => (/* binding */ openProgramKey)
/* harmony export */ });
/* harmony import */ var _runner_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68492);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89468);
/* harmony import */ var _remote_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59416);



const protocol = 'v1';
// SHA-256, by the number that Go gives it.
const sha256 = 5;
/**
 * Keys of the program `sigstore-kms-SCHEME`: it is given the protocol's version and JSON as arguments, and answers JSON.
 * Source: github.com/sigstore/sigstore, pkg/signature/kms/cliplugin.
 */
const openProgramKey = (scheme) => async (keyResourceID, name, step) => {
    const ask = (method, options) => askProgram(`sigstore-kms-${scheme}`, keyResourceID, { method, options }, step);
    const pem = bytesOf((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .member */ .D)(await ask('publicKey', { publicKeyOptions: { rpcOptions: {} } }), 'publicKeyPEM'));
    return {
        name,
        publicKey: (0,_remote_key_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRemotePublicKey */ .S)(pem?.toString() ?? '', name),
        async signDigest(digest) {
            const messageOptions = { digest: digest.toString('base64'), hashFunc: sha256 };
            const answer = await ask('signMessage', { signOptions: { rpcOptions: {}, messageOptions } });
            const signature = bytesOf((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .member */ .D)(answer, 'signature'));
            if (!signature)
                throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`sigstore-kms-${scheme} answered no signature`);
            return signature;
        },
    };
};
async function askProgram(program, keyResourceID, { method, options }, step) {
    const initOptions = { protocolVersion: protocol, keyResourceID, hashFunc: sha256, rpcOptions: {} };
    const json = JSON.stringify({ initOptions, methodName: method, [method]: options });
    const { stdout, stderr, exitCode } = await (0,_runner_index_js__WEBPACK_IMPORTED_MODULE_0__/* .runCommand */ .d1)(program, [protocol, json], {
        environment: step.environment,
        input: '',
        signal: step.signal,
        // The protocol has its errors in the answer; the exit code adds nothing.
        allowFailure: true,
    });
    let answer;
    try {
        answer = JSON.parse(stdout);
    }
    catch {
        const last = stderr.trim().split('\n').at(-1);
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${program} did not answer JSON and exited with ${exitCode}${last ? `: ${last}` : ''}`, {
            hint: `It must speak the protocol ${protocol} of Sigstore's KMS plugins.`,
        });
    }
    const failure = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .member */ .D)(answer, 'errorMessage');
    if (typeof failure === 'string' && failure !== '')
        throw new _runner_index_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${program}: ${failure}`);
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .member */ .D)(answer, method);
}
const bytesOf = (value) => typeof value === 'string' && value !== '' ? Buffer.from(value, 'base64') : undefined;


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
