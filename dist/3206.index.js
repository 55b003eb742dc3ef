export const id = 3206;
export const ids = [3206];
export const modules = {

/***/ 83206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _src_packages_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73356);
/* harmony import */ var _src_release_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(43987);
/* harmony import */ var _src_runner_index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68492);
/* harmony import */ var _definition_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2746);




/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_src_runner_index_js__WEBPACK_IMPORTED_MODULE_2__/* .action */ .XI)(_definition_js__WEBPACK_IMPORTED_MODULE_3__/* .definition */ .m, async (input, step) => {
    const { release, changed } = await (0,_src_packages_index_js__WEBPACK_IMPORTED_MODULE_0__/* .buildPackages */ ._n)(await (0,_src_release_index_js__WEBPACK_IMPORTED_MODULE_1__/* .openRelease */ .gS)(input.release), input, step);
    return {
        releaseDigest: release.digest,
        packages: (0,_src_release_index_js__WEBPACK_IMPORTED_MODULE_1__/* .fileSubjects */ .QC)(release.record, 'package').map((subject) => subject.path),
        changed,
    };
}));


/***/ })

};
