package org.sluice.gateway.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.route.Target;

class ConversationsTest {
    private static final ResponsesDialect RESPONSES = new ResponsesDialect();
    private static final Dialect CHAT = new OpenAiDialect();
    private final AtomicLong now = new AtomicLong();
    private final AnswerStore store = new AnswerStore(5, 20_000, Duration.ofHours(1), now::get);
    private final Conversations conversations = new Conversations();

    @BeforeEach
    void open() {
        conversations.open(store);
    }

    private record Fake(String id, Dialect dialect, boolean keepsAnswers) implements Provider {
        @Override
        public URI baseUrl() {
            return URI.create("https://" + id + ".example/v1");
        }

        @Override
        public UpstreamRequest prepare(Dispatch dispatch) {
            throw new UnsupportedOperationException();
        }
    }

    private static Target target(String provider, Dialect dialect, boolean keepsAnswers) {
        Fake fake = new Fake(provider, dialect, keepsAnswers);
        return new Target(fake, dialect, new Deployment(provider + "/m", provider, "m", fake.baseUrl(), Map.of()), Credential.None.NONE, null);
    }

    private static final Target OPENAI = target("openai", RESPONSES, true);
    private static final Target ROUTER = target("openrouter", RESPONSES, false);
    private static final Target GROQ = target("groq", CHAT, false);

    private static Call call(String organization, String body) {
        return new Call(UUID.randomUUID(), Instant.EPOCH, 0, new Caller(1, "k", null, organization, "test"), RESPONSES, "/api/responses",
                RESPONSES.readOutline(body.getBytes(UTF_8)), Set.of(), GatewayOptions.NONE, Operation.CHAT);
    }

    private static byte[] answer(String id, String text) {
        return ("{\"id\":\"" + id + "\",\"status\":\"completed\",\"output\":[{\"id\":\"msg_" + id + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\""
                + text + "\"}]}]}").getBytes(UTF_8);
    }

    private Call say(String input, String previous, Target target, String id, String text) {
        Call call = call("a", "{\"model\":\"m\",\"instructions\":\"brief\",\"input\":\"" + input + "\"" + (previous == null ? "" : ",\"previous_response_id\":\"" + previous + "\"") + "}");
        Call resumed = conversations.resume(call, target);
        conversations.keep(call, target, answer(id, text));
        return resumed;
    }

    private static List<String> told(Call call) {
        return call.request().messages().stream().map(Message::parts).map(parts -> ((Part.Text) parts.get(0)).text()).toList();
    }

    @Test
    void whoever_answers_next_gets_what_was_said_and_only_the_newest_instructions() {
        say("one", null, OPENAI, "resp_1", "first");
        say("two", "resp_1", GROQ, "resp_2", "second");
        Call third = say("three", "resp_2", GROQ, "resp_3", "third");
        assertThat(third.isUntouched()).isFalse();
        assertThat(told(third)).containsExactly("brief", "one", "first", "two", "second", "three");
        assertThat(third.request().extras()).doesNotContainKey("previous_response_id");
    }

    @Test
    void the_provider_that_keeps_the_answer_gets_the_request_as_it_is() {
        say("one", null, OPENAI, "resp_1", "first");
        assertThat(say("two", "resp_1", OPENAI, "resp_2", "second").isUntouched()).isTrue();
        say("three", "resp_2", GROQ, "resp_3", "third");
        Call back = say("four", "resp_3", OPENAI, "resp_4", "fourth");
        assertThat(told(back)).containsExactly("brief", "one", "first", "two", "second", "three", "third", "four");
        say("x", null, ROUTER, "resp_r", "y");
        assertThat(told(say("z", "resp_r", ROUTER, "resp_s", "w"))).as("a provider that keeps nothing is told all").containsExactly("brief", "x", "y", "z");
    }

    @Test
    void an_answer_nobody_holds_is_asked_for_only_where_it_may_be_known() {
        assertThat(say("hi", "resp_unknown", OPENAI, "resp_9", "x").isUntouched()).isTrue();
        for (Target target : List.of(GROQ, ROUTER)) {
            GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> say("hi", "resp_unknown", target, "resp_8", "x"));
            assertThat(refusal.type()).isEqualTo(ErrorType.PREVIOUS_RESPONSE_NOT_FOUND);
            assertThat(refusal.param()).isEqualTo("previous_response_id");
        }
        assertThat(catchThrowableOfType(GatewayException.class, () -> say("hi", "resp_9", GROQ, "resp_8", "x")).getMessage()).as("its beginning is not held").contains("resp_unknown");
    }

    @Test
    void another_tenant_neither_sees_an_answer_nor_reaches_it_at_the_provider() {
        say("secret", null, OPENAI, "resp_1", "first");
        Call stranger = call("b", "{\"model\":\"m\",\"input\":\"tell\",\"previous_response_id\":\"resp_1\"}");
        for (Target target : List.of(OPENAI, GROQ)) {
            assertThat(catchThrowableOfType(GatewayException.class, () -> conversations.resume(stranger, target)).type()).isEqualTo(ErrorType.PREVIOUS_RESPONSE_NOT_FOUND);
        }
        Call reference = call("b", "{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_resp_1\"}]}");
        assertThat(catchThrowableOfType(GatewayException.class, () -> conversations.resume(reference, OPENAI)).getMessage()).contains("msg_resp_1").doesNotContain("secret");
        Tenant b = new Tenant("b", "test");
        assertThat(catchThrowableOfType(GatewayException.class, () -> conversations.find(b, "resp_1")).type()).isEqualTo(ErrorType.NOT_FOUND);
        assertThat(catchThrowableOfType(GatewayException.class, () -> conversations.delete(b, "resp_1"))).isNotNull();
        assertThat(store.find(new Tenant("a", "prod"), "resp_1")).as("nor another environment").isNull();
        conversations.keep(call("b", "{\"model\":\"m\",\"input\":\"mine\"}"), GROQ, answer("resp_1", "taken over"));
        assertThat(conversations.find(new Tenant("a", "test"), "resp_1").answer().text()).contains("first");
    }

    @Test
    void items_are_referred_to_instead_of_sent() {
        say("one", null, GROQ, "resp_1", "first");
        Call call = call("a", "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"one\"},{\"type\":\"item_reference\",\"id\":\"msg_resp_1\"},{\"role\":\"user\",\"content\":\"go on\"}]}");
        assertThat(told(conversations.resume(call, GROQ))).containsExactly("one", "first", "go on");
        assertThat(told(conversations.resume(call, OPENAI))).as("it was not this provider's").containsExactly("one", "first", "go on");
        say("two", null, OPENAI, "resp_2", "second");
        Call own = call("a", "{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_resp_2\"}]}");
        assertThat(conversations.resume(own, OPENAI).isUntouched()).isTrue();
        Call unknown = call("a", "{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_x\"}]}");
        assertThat(conversations.resume(unknown, OPENAI).isUntouched()).isTrue();
        assertThat(catchThrowableOfType(GatewayException.class, () -> conversations.resume(unknown, GROQ)).param()).isEqualTo("input");
    }

    @Test
    void nothing_is_kept_against_the_clients_will_or_of_another_dialect() {
        Call call = call("a", "{\"model\":\"m\",\"input\":\"x\",\"store\":false}");
        conversations.keep(call, GROQ, answer("resp_1", "x"));
        assertThat(conversations.isKept(call)).isFalse();
        conversations.keep(call("a", "{\"model\":\"m\",\"input\":\"x\"}"), GROQ, "no json".getBytes(UTF_8));
        assertThat(store.size()).isZero();
        Call kept = call("a", "{\"model\":\"m\",\"input\":\"x\",\"store\":true}");
        conversations.keepLast(kept, GROQ, Slice.utf8("event: x\ndata: {\"type\":\"y\"}\n\nevent: response.completed\ndata: {\"type\":\"response.completed\",\"response\":"
                + new String(answer("resp_2", "done"), UTF_8) + "}\n\n"));
        assertThat(conversations.find(new Tenant("a", "test"), "resp_2").answer().text()).isEqualTo(new String(answer("resp_2", "done"), UTF_8));
    }

    @Test
    void the_input_of_an_answer_is_all_that_led_to_it() {
        say("one", null, GROQ, "resp_1", "first");
        say("two", "resp_1", GROQ, "resp_2", "second");
        assertThat(conversations.inputItems(new Tenant("a", "test"), "resp_2")).extracting(RawJson::text).hasSize(3)
                .anyMatch(item -> item.contains("one")).anyMatch(item -> item.contains("first")).anyMatch(item -> item.contains("two"));
        conversations.delete(new Tenant("a", "test"), "resp_1");
        assertThat(catchThrowableOfType(GatewayException.class, () -> say("three", "resp_2", GROQ, "resp_3", "x")).type()).isEqualTo(ErrorType.PREVIOUS_RESPONSE_NOT_FOUND);
    }

    @Test
    void a_provider_that_gives_an_id_twice_closes_no_circle() {
        say("one", null, OPENAI, "resp_1", "first");
        say("two", "resp_1", OPENAI, "resp_1", "again");
        assertThat(told(say("three", "resp_1", GROQ, "resp_2", "second"))).containsExactly("brief", "one", "first", "three");
        conversations.delete(new Tenant("a", "test"), "resp_1");
        conversations.keep(call("a", "{\"model\":\"m\",\"input\":\"four\",\"previous_response_id\":\"resp_2\"}"), OPENAI, answer("resp_1", "circle"));
        assertThat(catchThrowableOfType(GatewayException.class, () -> say("five", "resp_1", GROQ, "resp_3", "x")).type()).isEqualTo(ErrorType.PREVIOUS_RESPONSE_NOT_FOUND);
    }

    private static StoredAnswer stored(String id, String previous, int size) {
        return new StoredAnswer(id, new Tenant("a", "test"), previous, null, new RawJson("[]"), new RawJson("x".repeat(size)), List.of("item_" + id));
    }

    @Test
    void number_memory_and_age_are_bounded_and_what_others_build_on_stays() {
        Tenant tenant = new Tenant("a", "test");
        store.put(stored("root", null, 100));
        for (int i = 0; i < 20; i++) {
            store.put(stored("other" + i, null, 100));
            now.addAndGet(1);
            assertThat(store.find(tenant, "root")).isNotNull();
            assertThat(store.size()).isLessThanOrEqualTo(5);
        }
        store.put(stored("leaf", "root", 100));
        for (int i = 0; i < 3; i++) {
            store.find(tenant, "leaf");
            store.put(stored("more" + i, null, 100));
        }
        assertThat(store.find(tenant, "root")).as("used through its leaf").isNotNull();
        store.put(stored("large", null, 18_500));
        assertThat(store.bytes()).isLessThanOrEqualTo(20_000);
        assertThat(store.find(tenant, "large")).isNotNull();
        store.put(stored("too large", null, 20_001));
        assertThat(store.find(tenant, "too large")).isNull();
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(store.find(tenant, "large")).isNotNull();
        now.addAndGet(Duration.ofMinutes(60).toNanos());
        assertThat(store.find(tenant, "large")).isNull();
        assertThat(store.ofItem(tenant, "item_large")).isNull();
        assertThat(store.size()).isZero();
        assertThat(store.bytes()).isZero();
    }
}
