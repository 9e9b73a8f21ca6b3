import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { targetFrom, variableOf } from "../../src/notify/environment.ts";
import { fitLine, fitLines } from "../../src/notify/fit.ts";
import { checkNotifyOptions } from "../../src/notify/options.ts";
import { services } from "../../src/notify/services.ts";
import type { ServiceName } from "../../src/notify/target.ts";
import { errorBlock } from "../../src/report/errorBlock.ts";
import { plainPaint } from "../../src/report/paint.ts";

const right: Readonly<Record<ServiceName, Readonly<Record<string, string>>>> = {
  email: { url: "smtps://bot:s3cr3t@mail.example.org", to: "me@example.org", from: "bot@example.org" },
  slack: { url: "https://hooks.slack.com/services/T0/B0/s3cr3t" },
  discord: { url: "https://discord.com/api/webhooks/1/s3cr3t" },
  telegram: { token: "123:s3cr3t", chat: "-100", url: "https://api.telegram.org" },
  ntfy: { url: "https://ntfy.sh/s3cr3t", token: "tk_s3cr3t" },
  bark: { url: "https://api.day.app/s3cr3t" },
  webhook: { url: "https://example.org/s3cr3t", token: "s3cr3t" },
};
const names = Object.keys(services) as ServiceName[];

function environmentOf(service: ServiceName, name = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(right[service]).map(([key, value]) => [variableOf(service, name, key), value]),
  );
}

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return errorBlock(error, { paint: plainPaint, stack: true });
  }
  throw new Error("was not refused");
}

describe("a target of --notify", () => {
  it.each(names)("has its settings in the environment: %s", (service) => {
    expect(targetFrom(service, environmentOf(service))).toEqual({ service, ...right[service] });
    expect(targetFrom(`${service}:ops`, environmentOf(service, "OPS_"))).toEqual({ service, ...right[service] });
    expect(checkNotifyOptions({ to: [{ service, ...right[service] }] }).to).toEqual([{ service, ...right[service] }]);
  });

  it("may be an address for mail, beside the server's in the environment", () => {
    const env = { SLUICE_EMAIL_URL: "smtp://localhost:25", SLUICE_EMAIL_TO: "other@example.org" };
    expect(targetFrom("mailto:me@example.org", env)).toEqual({
      service: "email",
      url: "smtp://localhost:25",
      to: "me@example.org",
    });
  });

  it.each(names)("is refused where a variable is missing, which is named: %s", (service) => {
    const [first] = Object.keys(right[service]);
    const said = refusalOf(() =>
      targetFrom(service, { ...environmentOf(service), [variableOf(service, "", first!)]: " " }),
    );
    expect(said).toContain(`needs the environment variable ${variableOf(service, "", first!)}`);
  });

  it.each(names)("is refused where a variable is wrong, and no value that may be a secret is shown: %s", (service) => {
    for (const [key, { isSecret }] of Object.entries(services[service].settings)) {
      const variable = variableOf(service, "", key);
      const env = { ...environmentOf(service), [variable]: "s3cr3t without\tsense" };
      const refused = [
        refusalOf(() => targetFrom(service, env)),
        refusalOf(() => checkNotifyOptions({ to: [{ service, ...right[service], [key]: "s3cr3t without\tsense" }] })),
      ];
      for (const said of refused) {
        expect(said).toContain("expected");
        if (isSecret) expect(said.replaceAll("bot:s3cr3t", "")).not.toMatch(/s3cr3t/);
      }
      expect(refused[0]).toContain(variable);
    }
  });

  it.each(["slack", "discord", "telegram", "ntfy", "bark", "webhook"] as const)(
    "is refused before a run where its address has a password, which no request can carry: %s",
    (service) => {
      const url = "https://bot:pa55word@example.org/topic";
      const said = refusalOf(() =>
        targetFrom(service, { ...environmentOf(service), [variableOf(service, "", "url")]: url }),
      );
      expect(said.replace(/\s+/g, " ")).toContain("without a user or password in it");
      expect(said).not.toContain("pa55word");
      expect(refusalOf(() => checkNotifyOptions({ to: [{ service, ...right[service], url }] }))).toContain(
        "notify.to[0].url",
      );
    },
  );

  it("is not an address, which is a secret and is not repeated; the right variable is named", () => {
    for (const service of ["slack", "discord", "telegram", "bark"] as const) {
      const address =
        right[service]["url"] === "https://api.telegram.org"
          ? "https://api.telegram.org/bots3cr3t"
          : right[service]["url"]!;
      const said = refusalOf(() => targetFrom(address, {}));
      expect(said).not.toContain("s3cr3t");
      expect(said).toMatch(new RegExp(`SLUICE_${service.toUpperCase()}_(URL|TOKEN)`));
    }
  });

  it("is refused with a guess where it is misspelt", () => {
    expect(refusalOf(() => targetFrom("telegarm", {}))).toContain("telegram");
    expect(refusalOf(() => targetFrom("slack:a:b", {}))).toContain("unknown notification service");
    expect(refusalOf(() => targetFrom("constructor", {}))).toContain("unknown notification service");
  });
});

describe("options of the library", () => {
  it.each([
    [{}, "notify.to"],
    [{ to: [] }, "notify.to"],
    [{ to: ["slack"] }, "notify.to[0]"],
    [{ to: [{ service: "fax" }] }, "notify.to[0].service"],
    [{ to: [{ service: "slack", url: "https://x.org/a", tokn: "s3cr3t" }] }, "notify.to[0].tokn"],
    [{ to: [{ service: "slack", url: 7 }] }, "notify.to[0].url"],
    [{ to: [{ service: "slack", url: "https://x.org/a" }], on: "never" }, "notify.on"],
    [{ to: [{ service: "slack", url: "https://x.org/a" }], onUndelivered: 1 }, "notify.onUndelivered"],
    [{ to: [{ service: "slack", url: "https://x.org/a" }], when: 1 }, "notify.when"],
    [null, "notify"],
  ])("are refused by their place, without their values: %j", (given, where) => {
    const said = refusalOf(() => checkNotifyOptions(given));
    expect(said).toContain(`where     ${where}\n`);
    expect(said).not.toContain("s3cr3t");
  });
});

describe("a text that is too long", () => {
  it("loses whole lines, and says how many", () => {
    expect(fitLines("one\ntwo\nthree", 13)).toBe("one\ntwo\nthree");
    expect(fitLines("first\nsecond\nthird\nfourth", 25)).toBe("first\nsecond\nthird\nfourth");
    expect(fitLines("first\nsecond\nthird\nfourth and more", 27)).toBe("first\n... (3 more lines)");
    expect(fitLines("a\nb\nccccccccccccccccccccc", 21)).toBe("a\nb\n... (1 more line)");
  });

  it("is never longer than allowed, whatever is in it, and holds no half characters", () => {
    for (const text of ["x".repeat(500), "日本語".repeat(99), `${"line\n".repeat(99)}end`, "👍".repeat(70)])
      for (let most = 30; most < 200; most += 7) {
        expect(fitLines(text, most).length).toBeLessThanOrEqual(most);
        expect(fitLine(text, most)).not.toMatch(/\p{Cs}/u);
        expect(fitLine(text, most).length).toBeLessThanOrEqual(most);
      }
  });
});
