package org.sluice.gateway.bench.score;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sluice.gateway.bench.run.Gateway;
import org.sluice.gateway.bench.run.Options;

/** Runs the situations and prints a Markdown table; see the package. */
public final class Scorecard {
    private static final String PRIMARY = "openai/gpt-4o-mini";
    private static final String BACKUP = "groq/llama-3.3-70b-versatile";
    private static final String WITH_BACKUP = ",\"fallback_models\":[\"" + BACKUP + "\"]";
    private static final Pattern COST = Pattern.compile("\"cost\":([-0-9.eE]+)");
    private final PlayedProviders providers;
    private final Client client;
    private final int flappingSeconds;
    private int passed;
    private int all;

    private Scorecard(PlayedProviders providers, Client client, int flappingSeconds) {
        this.providers = providers;
        this.client = client;
        this.flappingSeconds = flappingSeconds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.read(arguments);
        boolean isGood;
        try (PlayedProviders providers = new PlayedProviders();
                Gateway gateway = new Gateway(options, "score", providers.port(), Map.of("OPENAI_BASE_URL", "http://127.0.0.1:" + providers.port() + "/primary/v1",
                        "GROQ_BASE_URL", "http://127.0.0.1:" + providers.port() + "/backup/v1", "GROQ_API_KEY", "gsk-score",
                        "GATEWAY_UPSTREAM_IDLE_TIMEOUT", "PT5S", "GATEWAY_HEALTH_REST_OPERATORS", "default"))) {
            isGood = new Scorecard(providers, new Client(gateway.port(), Gateway.KEY), options.isShort() ? 10 : 60).run();
        }
        System.exit(isGood ? 0 : 1);
    }

    private boolean run() {
        System.out.println("| # | Situation | Grade | What the client saw |\n|---|---|---|---|");
        for (Situation situation : Situation.all()) {
            Grade grade = null;
            StringBuilder told = new StringBuilder();
            for (boolean isStream : situation.ways()) {
                rest();
                providers.play(situation.trouble());
                Seen seen = client.ask(PRIMARY, isStream, situation.more());
                Grade own = situation.judge().grade(seen, providers);
                grade = grade == null ? own : grade.with(own);
                told.append(told.length() == 0 ? "" : "; ").append(isStream ? "streamed " : "whole ").append(seen.status()).append(" after ").append(seen.millis())
                        .append(" ms, ").append(providers.requests()).append(" asked").append(own == Grade.PASS ? "" : " " + shortened(seen.body()));
            }
            tell(situation.name(), grade, told.toString());
        }
        flapping();
        cost();
        System.out.println("\n" + passed + " of " + all + " pass.");
        return passed == all;
    }

    /** Health remembers: a situation must not be answered by what the last one taught. */
    private void rest() {
        providers.play((reply, request) -> reply.well("primary"));
        if (!client.ask(PRIMARY, false, "").isAnswerOf("primary")) {
            throw new IllegalStateException("the gateway does not answer while all is well");
        }
        client.reset(PRIMARY + "@operator");
    }

    /** Well for two seconds, ill for two. */
    private void flapping() {
        rest();
        long begin = System.nanoTime();
        providers.play((reply, request) -> {
            if ((System.nanoTime() - begin) / 2_000_000_000L % 2 == 0) {
                reply.well("primary");
            } else {
                reply.error(503, "overloaded", "come back later");
            }
        });
        int calls = 0;
        int lost = 0;
        while (System.nanoTime() - begin < flappingSeconds * 1_000_000_000L) {
            Seen seen = client.ask(PRIMARY, calls % 2 == 1, WITH_BACKUP);
            lost += seen.isAnswerOf("primary") || seen.isAnswerOf("backup") ? 0 : 1;
            calls++;
            LockSupport.parkNanos(50_000_000L);
        }
        tell(flappingSeconds + " s of a flapping provider", lost == 0 ? Grade.PASS : lost * 100 < calls ? Grade.PARTIAL : Grade.FAIL, calls + " calls, " + lost + " without an answer");
    }

    /** The row of a call that the fallback answered must cost what the same call to it costs. */
    private void cost() {
        rest();
        String direct = client.row(client.ask(BACKUP, false, "").logId());
        providers.play((reply, request) -> reply.error(500, "server_error", "oops"));
        String rescued = client.row(client.ask(PRIMARY, false, WITH_BACKUP).logId());
        BigDecimal wanted = cost(direct);
        BigDecimal found = cost(rescued);
        boolean isRight = wanted != null && wanted.signum() > 0 && found != null && found.compareTo(wanted) == 0 && rescued.contains("llama-3.3-70b-versatile");
        tell("cost when the fallback answered", isRight ? Grade.PASS : Grade.FAIL, "asked directly " + wanted + " USD, rescued " + found + " USD");
    }

    private static BigDecimal cost(String row) {
        Matcher cost = COST.matcher(row == null ? "" : row);
        return cost.find() ? new BigDecimal(cost.group(1)) : null;
    }

    private void tell(String name, Grade grade, String told) {
        all++;
        passed += grade == Grade.PASS ? 1 : 0;
        System.out.println("| " + all + " | " + name + " | " + grade + " | " + told + " |");
    }

    private static String shortened(String body) {
        String line = body.replace('\n', ' ').replace('|', '/');
        return "`" + (line.length() > 200 ? line.substring(0, 200) + "..." : line) + "`";
    }
}
