// SPDX-License-Identifier: MIT
// What matrix-js-sdk takes for granted and Node 20 lacks.

Promise.withResolvers ??= function () {
    let resolve, reject;
    const promise = new Promise((done, failed) => {
        resolve = done;
        reject = failed;
    });
    return { promise, resolve, reject };
};
