package org.sluice.gateway.bench.run;

import org.sluice.gateway.bench.load.Expectation;
import org.sluice.gateway.bench.load.Target;
import org.sluice.gateway.bench.mock.Plan;

/** The calls: the same question for the mock and for the gateway, a request of 1 KB. */
final class Calls {
    private static final String QUESTION = "Explain in a few sentences what a gateway does between those who ask and those who answer, and what it costs. ".repeat(7);
    private final int mockPort;
    private final int gatewayPort;

    Calls(int mockPort, int gatewayPort) {
        this.mockPort = mockPort;
        this.gatewayPort = gatewayPort;
    }

    private static String body(String model, Plan plan, boolean isStream) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":300,\"temperature\":0.7,\"stream\":" + isStream
                + ",\"messages\":[{\"role\":\"system\",\"content\":\"You are brief and exact.\"},{\"role\":\"user\",\"content\":\"" + QUESTION
                + (plan == null ? "" : plan.mark()) + "\"}]}";
    }

    private Target gateway(String name, String body, Expectation expectation) {
        return Target.post(name, gatewayPort, "/api/chat/completions", body, expectation, "Authorization: Bearer " + Gateway.KEY, "Accept: */*");
    }

    private Target mock(String name, String path, String body, Expectation expectation) {
        return Target.post(name, mockPort, path, body, expectation, "Authorization: Bearer sk-bench", "Accept: */*");
    }

    Pair whole() {
        String body = body("gpt-4o-mini", null, false);
        return new Pair(mock("whole, direct", "/v1/chat/completions", body, Expectation.whole(-1)), gateway("whole", body, Expectation.whole(-1)));
    }

    Pair stream(Plan plan) {
        String body = body("gpt-4o-mini", plan, true);
        Expectation expectation = Expectation.openAiStream(plan.chunks());
        return new Pair(mock("stream, direct", "/v1/chat/completions", body, expectation), gateway("stream", body, expectation));
    }

    /** Direct in the Messages form, through the gateway as a chat completion of a Claude model. */
    Pair translatedWhole() {
        String body = body("claude-sonnet-4-5", null, false);
        return new Pair(mock("Anthropic whole, direct", "/v1/messages", body, Expectation.whole(-1)), gateway("translated whole", body, Expectation.whole(-1)));
    }

    Pair translatedStream(Plan plan) {
        String body = body("claude-sonnet-4-5", plan, true);
        return new Pair(mock("Anthropic stream, direct", "/v1/messages", body, Expectation.anthropicStream(plan.chunks())),
                gateway("translated stream", body, Expectation.openAiStream(plan.chunks())));
    }

    /** A constant answer of a resource. */
    Target health() {
        return Target.get("health check", gatewayPort, "/api/health-check/");
    }

    /** Refused for its key after the same way in as a good call. */
    Target wrongKey() {
        return Target.post("wrong key", gatewayPort, "/api/chat/completions", body("gpt-4o-mini", null, false), Expectation.any(),
                "Authorization: Bearer wrongkey.0123456789abcdef0123456789abcdef");
    }

    /** The same question both ways. */
    record Pair(Target direct, Target through) { }
}
