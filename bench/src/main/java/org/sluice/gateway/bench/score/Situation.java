package org.sluice.gateway.bench.score;

import java.util.List;
import org.sluice.gateway.bench.score.PlayedProviders.Trouble;

/**
 * One trouble of the primary provider, what the client asks with, and what it must see.
 *
 * @param more members of the body
 * @param ways how it is asked: false whole, true streamed
 */
record Situation(String name, Trouble trouble, String more, List<Boolean> ways, Judge judge) {
    /** Grades one answer. */
    interface Judge {
        Grade grade(Seen seen, PlayedProviders providers);
    }

    /** Longer than the gateway's idle limit in this run. */
    static final int STALL = 30_000;
    private static final String BACKUP = ",\"fallback_models\":[\"groq/llama-3.3-70b-versatile\"]";
    private static final String RETRY = ",\"retry_params\":{\"retry_enabled\":true,\"num_retries\":2,\"retry_after\":0.2}";
    private static final List<Boolean> BOTH = List.of(false, true);
    private static final List<Boolean> STREAMED = List.of(true);

    /** All but the flapping provider and the cost, which take more than one call to see. */
    static List<Situation> all() {
        return List.of(
                new Situation("429 with Retry-After", (reply, request) -> {
                    if (request == 1) {
                        reply.error(429, "rate_limit_exceeded", "slow down", "Retry-After: 1");
                    } else {
                        reply.well("primary");
                    }
                }, RETRY, BOTH, (seen, providers) -> !seen.isAnswerOf("primary") ? unanswered(seen) : seen.millis() >= 900 && providers.requests() == 2 ? Grade.PASS : Grade.PARTIAL),
                fallsBack("429 for ever", (reply, request) -> reply.error(429, "rate_limit_exceeded", "slow down"), 3_000),
                new Situation("one 500", (reply, request) -> {
                    if (request == 1) {
                        reply.error(500, "server_error", "oops");
                    } else {
                        reply.well("primary");
                    }
                }, RETRY, BOTH, (seen, providers) -> seen.isAnswerOf("primary") ? Grade.PASS : unanswered(seen)),
                fallsBack("503 for ever", (reply, request) -> reply.error(503, "overloaded", "come back later"), 3_000),
                fallsBack("TCP reset", (reply, request) -> reply.reset(), 3_000),
                new Situation("accepts, then silence", (reply, request) -> reply.silence(60_000), BACKUP + ",\"timeout\":6", BOTH, (seen, providers) -> answeredWithin(seen, "backup", 6_500)),
                new Situation("20 s to the first token", (reply, request) -> {
                    reply.silence(20_000);
                    reply.well("primary");
                }, BACKUP + ",\"hedge\":{\"after\":2}", BOTH, (seen, providers) -> answeredWithin(seen, seen.body().contains("backup words") ? "backup" : "primary", 10_000)),
                breaks("stream cut by a reset", (reply, request) -> {
                    reply.begin();
                    reply.chunk(Reply.event("first words"));
                    reply.silence(200);
                    reply.reset();
                }, 3_000),
                breaks("30 s of silence in a stream", (reply, request) -> {
                    reply.begin();
                    reply.chunk(Reply.event("first words"));
                    reply.silence(STALL);
                    reply.rest("primary");
                }, 10_000),
                breaks("malformed chunk", (reply, request) -> {
                    reply.begin();
                    reply.chunk(Reply.event("first words"));
                    reply.silence(200);
                    reply.write("zz\r\nnot a chunk\r\n");
                }, 3_000),
                breaks("no [DONE]", (reply, request) -> {
                    reply.begin();
                    reply.chunk(Reply.event("first words"));
                    reply.write("0\r\n\r\n");
                }, 3_000),
                fallsBack("context_length_exceeded", (reply, request) -> reply.error(400, "context_length_exceeded", "This model's maximum context length is 8192 tokens."), 3_000),
                fallsBack("content filter", (reply, request) -> reply.error(400, "content_filter", "The response was filtered."), 3_000),
                fallsBack("prefill refused", (reply, request) -> reply.error(400, "invalid_request_error", "Prefilling assistant messages is not supported for this model."), 3_000));
    }

    private static Situation fallsBack(String name, Trouble trouble, long millis) {
        return new Situation(name, trouble, BACKUP, BOTH, (seen, providers) -> answeredWithin(seen, "backup", millis));
    }

    /** After the first word nobody else may answer: the client must be told, once, and the provider asked no more. */
    private static Situation breaks(String name, Trouble trouble, long millis) {
        return new Situation(name, trouble, BACKUP + RETRY, STREAMED, (seen, providers) -> !seen.body().contains("first words") || !seen.isToldBroken()
                || providers.requests() != 1 || seen.body().contains("backup words") ? Grade.FAIL : seen.millis() <= millis ? Grade.PASS : Grade.PARTIAL);
    }

    static Grade answeredWithin(Seen seen, String provider, long millis) {
        return !seen.isAnswerOf(provider) ? unanswered(seen) : seen.millis() <= millis ? Grade.PASS : Grade.PARTIAL;
    }

    static Grade unanswered(Seen seen) {
        return seen.isRefusal() ? Grade.SAFE : Grade.FAIL;
    }
}
