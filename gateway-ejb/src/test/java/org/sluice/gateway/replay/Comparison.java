package org.sluice.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asserts that a client was told what the recording says, as far as the client's format has words for it. */
final class Comparison {
    private static final String MARK = "__ts__";
    private final Said expected;
    private final Said told;
    private final Object raw;
    private final WireFormat provider;
    private final WireFormat client;
    private final Set<KnownLoss> losses;

    /**
     * @param raw all JSON the client got: signatures and citations may stand anywhere in it
     * @param losses gets those that happened
     */
    Comparison(Said expected, Said told, Object raw, WireFormat provider, WireFormat client, Set<KnownLoss> losses) {
        this.provider = provider;
        this.losses = losses;
        this.expected = expected;
        this.told = told;
        this.raw = raw;
        this.client = client;
    }

    void check() {
        if (expected.model != null && !expected.model.isEmpty()) {
            assertThat(told.model).as("model").isEqualTo(expected.model);
        }
        expected.choices.forEach((index, choice) -> {
            if (index == 0 || client.hasManyChoices()) {
                check("choice " + index + ": ", choice, told.choices.getOrDefault(index, new Said.Choice()));
            }
        });
        counts();
    }

    private void check(String where, Said.Choice from, Said.Choice to) {
        assertThat(to.words()).as(where + "text").isEqualTo(from.words());
        assertThat(to.thoughts()).as(where + "reasoning").isEqualTo(from.thoughts());
        calls(where, from.calls, to.calls);
        List<String> strings = new ArrayList<>();
        Tree.strings(raw, strings::add);
        List<String> carried = carried(strings);
        unlessLost("citations", () -> assertThat(from.citations).as(where + "pages cited").filteredOn(Said::isPage).isSubsetOf(to.citations));
        unlessLost("cited documents", () -> assertThat(from.citations).as(where + "documents cited").filteredOn(citation -> !Said.isPage(citation))
                .allSatisfy(document -> assertThat(strings).anyMatch(text -> text.contains(document))));
        unlessLost("signatures", () -> assertThat(from.signatures).as(where + "signatures").allSatisfy(signature -> assertThat(carried).anyMatch(text -> text.contains(signature))));
        if (expected.error == null && from.end != null) {
            String end = from.end.equals("tool_calls") && from.calls.isEmpty() ? "other" : from.end;
            assertThat(client.toldAs(end)).as(where + "end " + from.end).contains(String.valueOf(to.end));
        }
    }

    /**
     * What call ids carry beside themselves stands behind a mark, in Base64; a signature of another dialect stands behind
     * the mark as it is, or, where only Base64 is taken, in Base64.
     */
    private static List<String> carried(List<String> strings) {
        List<String> carried = new ArrayList<>(strings);
        for (String text : strings) {
            int at = text.lastIndexOf(MARK);
            if (at >= 0) {
                String behind = text.substring(at + MARK.length());
                carried.add(at == 0 ? behind : new String(Base64.getUrlDecoder().decode(behind), StandardCharsets.UTF_8));
            }
            try {
                carried.add(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException noBase64) {
                continue;
            }
        }
        return carried;
    }

    private void unlessLost(String aspect, Runnable check) {
        Optional<KnownLoss> loss = KnownLoss.of(provider, client, aspect);
        if (loss.isEmpty()) {
            check.run();
            return;
        }
        try {
            check.run();
        } catch (AssertionError lost) {
            losses.add(loss.get());
        }
    }

    private void calls(String where, List<Said.Call> from, List<Said.Call> to) {
        assertThat(to).as(where + "tool calls").hasSameSizeAs(from);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < from.size(); i++) {
            assertThat(to.get(i).name()).as(where + "name of call " + i).isEqualTo(from.get(i).name());
            assertThat(arguments(to.get(i))).as(where + "arguments of call " + i).isEqualTo(arguments(from.get(i)));
            String id = to.get(i).id();
            if (from.get(i).id() != null && !from.get(i).id().isEmpty() && id != null) {
                assertThat(whole(id.contains(MARK) ? id.substring(0, id.lastIndexOf(MARK)) : id)).as(where + "id of call").isEqualTo(from.get(i).id());
                assertThat(id).as("id as the client takes it").matches(client.dialect().equals("anthropic") ? "[a-zA-Z0-9_-]+" : "(?s).+");
            }
            assertThat(id == null || ids.add(id)).as(where + "ids differ").isTrue();
        }
    }

    /** An id with characters that the client does not take stands whole behind a mark, in Base64. */
    private static String whole(String id) {
        int at = id.lastIndexOf("__id__");
        return at < 0 ? id : new String(Base64.getUrlDecoder().decode(id.substring(at + 6)), StandardCharsets.UTF_8);
    }

    /** Arguments that are no JSON object may be told as text in an object, where the format has objects only. */
    private static Object arguments(Said.Call call) {
        return call.arguments() instanceof java.util.Map<?, ?> object && object.size() == 1 && object.get("arguments") instanceof String text ? text : call.arguments();
    }

    private void counts() {
        if (expected.usage == null) {
            return;
        }
        assertThat(told.usage).as("usage").isNotNull();
        Said.Counts from = expected.usage;
        Said.Counts to = told.usage;
        assertThat(to.input()).as("input tokens").isEqualTo(from.input());
        assertThat(to.output()).as("output tokens").isEqualTo(from.output());
        assertThat(to.cacheRead()).as("cached tokens").isEqualTo(from.cacheRead());
        assertThat(to.cacheWrite()).as("tokens written to a cache").isEqualTo(client.countsCacheWrites() ? from.cacheWrite() : 0);
        assertThat(to.reasoning()).as("reasoning tokens").isEqualTo(client.countsReasoning() ? from.reasoning() : 0);
    }
}
