// SPDX-License-Identifier: MIT
// Somebody who uses Element's own cryptography. Reads one JSON object a line, answers each with one.
// Device isolation is on, as MSC4153 asks: keys go only to devices that their owner has signed.

import { createInterface } from "node:readline";
import "./older-node.mjs";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";

logger.disableAll?.();
for (const level of ["log", "info", "warn", "debug", "error", "trace"]) console[level] = () => {};

let client;
const heard = [];
let wake = () => {};

const deeds = {
    async login({ url, user, token, device, password }) {
        client = sdk.createClient({ baseUrl: url, userId: user, accessToken: token, deviceId: device, logger });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        const identifier = { type: "m.id.user", user };
        await crypto.bootstrapCrossSigning({
            authUploadDeviceSigningKeys: (request) => request({ type: "m.login.password", identifier, password }),
        });
        crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        client.on(sdk.RoomEvent.Timeline, (event, room, toStart) => {
            if (!toStart) hear(event);
        });
        client.on(sdk.MatrixEventEvent.Decrypted, hear);
        await client.startClient({ initialSyncLimit: 50 });
        await new Promise((done) => {
            const look = (state) => {
                if (state === "PREPARED" || state === "SYNCING") {
                    client.off(sdk.ClientEvent.Sync, look);
                    done();
                }
            };
            client.on(sdk.ClientEvent.Sync, look);
        });
        return {};
    },

    async room({ invite, direct }) {
        const made = await client.createRoom({
            preset: direct ? "trusted_private_chat" : "private_chat",
            is_direct: direct,
            invite,
            initial_state: [
                { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
            ],
        });
        return { room: made.room_id };
    },

    async join({ room }) {
        await client.joinRoom(room);
        return {};
    },

    async say({ room, content }) {
        const sent = await client.sendEvent(room, "m.room.message", { msgtype: "m.text", ...content });
        return { event: sent.event_id };
    },

    async invitation({ sender, seconds }) {
        return await until(seconds, () => {
            const found = client.getRooms().find((room) => room.getMyMembership() === "invite" && room.getDMInviter() === sender);
            return found ? { room: found.roomId } : undefined;
        });
    },

    async member({ room, user, seconds }) {
        return await until(seconds, () => {
            const found = client.getRoom(room)?.getMember(user);
            return found?.membership === "join" ? {} : undefined;
        });
    },

    // Their client learns of a new device by its own sync; what is said before cannot reach it.
    async device({ user, device, seconds }) {
        return await until(seconds, async () => {
            await client.getCrypto().getUserDeviceInfo([user], true);
            const status = await client.getCrypto().getDeviceVerificationStatus(user, device);
            return status?.signedByOwner ? {} : undefined;
        });
    },

    // What holds some words in a room; with `to`, the answer to one event.
    async hear({ room, words, to, seconds }) {
        const event = await until(seconds, () =>
            heard.find(
                (each) =>
                    each.getRoomId() === room &&
                    (each.getContent().body ?? "").includes(words) &&
                    (!to || each.replyEventId === to),
            ),
        );
        const info = await client.getCrypto().getEncryptionInfoForEvent(event);
        return {
            content: event.getContent(),
            encrypted: event.isEncrypted(),
            failed: event.isDecryptionFailure(),
            shield: info?.shieldColour ?? null,
            reason: info?.shieldReason ?? null,
        };
    },
};

function hear(event) {
    heard.push(event);
    wake();
}

async function until(seconds, found) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        const result = await found();
        if (result !== undefined) return result;
        if (Date.now() > end) throw new Error("it did not happen in time");
        await new Promise((done) => {
            const timer = setTimeout(done, 100);
            wake = () => (clearTimeout(timer), done());
        });
    }
}

for await (const line of createInterface({ input: process.stdin })) {
    const { deed, ...what } = JSON.parse(line);
    let answer;
    try {
        answer = await deeds[deed](what);
    } catch (error) {
        answer = { error: String(error?.stack ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
}
client?.stopClient();
process.exit(0);
