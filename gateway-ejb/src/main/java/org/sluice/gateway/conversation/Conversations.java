package org.sluice.gateway.conversation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.route.Target;

/** Keeps answers and lets requests go on from them; the rules stand in the package's description. */
@ApplicationScoped
public class Conversations {
    private static final String PREVIOUS = "previous_response_id";
    private static final byte[] REFERENCE = "item_reference".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    @Inject GatewayConfig config;
    private AnswerStore store;

    /** Outside a container. */
    public static Conversations of(GatewayConfig config) {
        Conversations conversations = new Conversations();
        conversations.config = config;
        conversations.open();
        return conversations;
    }

    @PostConstruct
    void open() {
        open(new AnswerStore(config.count(ConfigKey.CONVERSATION_MAX_ENTRIES), config.bytes(ConfigKey.CONVERSATION_MAX_BYTES),
                config.duration(ConfigKey.CONVERSATION_TIME_TO_LIVE), System::nanoTime));
    }

    void open(AnswerStore opened) {
        store = opened;
    }

    public boolean isKept(Call call) {
        Slice wish = isConversation(call) ? call.outline().value("store") : null;
        return isConversation(call) && (wish == null || wish.array()[wish.from()] != 'f');
    }

    private static boolean isConversation(Call call) {
        return call.ingress().name().equals(ResponsesDialect.NAME);
    }

    /**
     * The call as its target must see it.
     *
     * @throws GatewayException PREVIOUS_RESPONSE_NOT_FOUND
     */
    public Call resume(Call call, Target target) {
        if (!isConversation(call)) {
            return call;
        }
        String previousId = text(call.outline(), PREVIOUS);
        boolean mayRefer = contains(call.outline().value("input"), REFERENCE);
        if (previousId == null && !mayRefer) {
            return call;
        }
        Tenant tenant = Tenant.of(call.caller());
        boolean mayKnow = keeper(target) != null;
        StoredAnswer previous = previousId == null ? null : store.find(tenant, previousId);
        if (previous == null && previousId != null && (!mayKnow || store.isForeign(tenant, previousId))) {
            throw notFound(previousId);
        }
        List<JsonValue> items = Items.of(call.outline());
        boolean isPreviousKnown = previous == null || previous.keeper() != null && previous.keeper().equals(keeper(target));
        if (isPreviousKnown && areKnown(tenant, items, target)) {
            return call;
        }
        List<JsonValue> all = new ArrayList<>();
        if (previous != null && !isPreviousKnown) {
            all.addAll(history(previous));
        }
        for (JsonValue item : items) {
            all.add(resolved(tenant, item, mayKnow));
        }
        RequestOutline outline = call.ingress().readOutline(body(call.outline(), all, isPreviousKnown ? previousId : null));
        return call.with(call.ingress().readRequest(outline, call.gatewayMembers()));
    }

    /** Whether the target knows every item that is referred to, as far as the gateway can tell. */
    private boolean areKnown(Tenant tenant, List<JsonValue> items, Target target) {
        for (JsonValue item : items) {
            String id = Items.reference(item);
            StoredAnswer holder = id == null ? null : store.ofItem(tenant, id);
            boolean isKnown = id == null || keeper(target) != null
                    && (holder == null ? !store.isForeign(tenant, id) : keeper(target).equals(holder.keeper()));
            if (!isKnown) {
                return false;
            }
        }
        return true;
    }

    private JsonValue resolved(Tenant tenant, JsonValue item, boolean mayKnow) {
        String id = Items.reference(item);
        StoredAnswer holder = id == null ? null : store.ofItem(tenant, id);
        if (holder != null) {
            for (JsonValue held : Items.output(holder)) {
                if (id.equals(Items.id(held))) {
                    return held;
                }
            }
        }
        if (id != null && (!mayKnow || store.isForeign(tenant, id))) {
            throw GatewayException.invalid("input", "Item with id '" + id + "' not found. Items are kept for a while unless 'store' is false; send the item itself.");
        }
        return item;
    }

    /** What was said until and with this answer. */
    private List<JsonValue> history(StoredAnswer last) {
        List<List<JsonValue>> turns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (StoredAnswer at = last; at != null;) {
            if (!seen.add(at.id())) {
                throw notFound(at.id()); // a provider that gives an id twice can close a circle
            }
            turns.add(0, Items.output(at));
            turns.add(0, Items.array(at.input()));
            StoredAnswer before = at.previousId() == null ? null : store.find(at.tenant(), at.previousId());
            if (before == null && at.previousId() != null) {
                throw notFound(at.previousId());
            }
            at = before;
        }
        List<JsonValue> all = new ArrayList<>();
        for (List<JsonValue> turn : turns) {
            turn.forEach(item -> all.add(resolved(last.tenant(), item, false)));
        }
        return all;
    }

    private static byte[] body(RequestOutline outline, List<JsonValue> items, String previousId) {
        JsonWriter json = new JsonWriter(outline.body().length + 4096).beginObject();
        for (Map.Entry<String, Member> entry : outline.members().entrySet()) {
            if (!entry.getKey().equals("input") && !entry.getKey().equals(PREVIOUS)) {
                json.name(entry.getKey()).raw(outline.value(entry.getKey()));
            }
        }
        return json.optional(PREVIOUS, previousId).name("input").raw(Items.write(items)).endObject().toBytes();
    }

    private static GatewayException notFound(String id) {
        return GatewayException.of(ErrorType.PREVIOUS_RESPONSE_NOT_FOUND, PREVIOUS, "Previous response with id '" + id
                + "' not found. Answers are kept for a while unless 'store' is false; send the conversation in 'input' instead.");
    }

    /** Who keeps the answers of this target, or null when nobody does: another account at the same place knows nothing of them. */
    private static String keeper(Target target) {
        return target.dialect().name().equals(ResponsesDialect.NAME) && target.provider().keepsAnswers()
                ? target.provider().id() + "@" + target.deployment().baseUrl() + "#" + target.key().credential() : null;
    }

    /** Keeps the answer that the last frame of a stream holds. */
    public void keepLast(Call call, Target target, Slice frame) {
        String[] lines = frame.text().split("\r\n|\n|\r");
        for (int i = lines.length - 1; i >= 0; i--) {
            if (lines[i].startsWith("data:")) {
                JsonObject event = object(lines[i].substring(5).strip().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                if (event != null && event.object("response") != null) {
                    keep(call, target, event.object("response"));
                }
                return;
            }
        }
    }

    /** Keeps a whole answer. */
    public void keep(Call call, Target target, byte[] body) {
        JsonObject answer = isKept(call) ? object(body) : null;
        if (answer != null) {
            keep(call, target, answer);
        }
    }

    private void keep(Call call, Target target, JsonObject answer) {
        String id = answer.text("id");
        if (id != null && !id.isEmpty()) {
            store.put(new StoredAnswer(id, Tenant.of(call.caller()), text(call.outline(), PREVIOUS), keeper(target),
                    Items.write(Items.of(call.outline())), new RawJson(answer.raw().text()), Items.ids(answer.items("output"))));
        }
    }

    /** Null when it is no JSON object: nothing is kept then. */
    private static JsonObject object(byte[] body) {
        try {
            return JsonReader.readObject(body);
        } catch (GatewayException notJson) {
            return null;
        }
    }

    public StoredAnswer find(Tenant tenant, String id) {
        StoredAnswer found = store.find(tenant, id);
        if (found == null) {
            throw new GatewayException(ErrorType.NOT_FOUND, "Response with id '" + id + "' not found.");
        }
        return found;
    }

    /** The items that led to an answer, oldest first. */
    public List<RawJson> inputItems(Tenant tenant, String id) {
        StoredAnswer found = find(tenant, id);
        List<JsonValue> all = new ArrayList<>();
        if (found.previousId() != null && store.find(tenant, found.previousId()) != null) {
            all.addAll(history(store.find(tenant, found.previousId())));
        }
        all.addAll(Items.array(found.input()));
        return all.stream().map(JsonValue::raw).toList();
    }

    public void delete(Tenant tenant, String id) {
        if (!store.delete(tenant, id)) {
            throw new GatewayException(ErrorType.NOT_FOUND, "Response with id '" + id + "' not found.");
        }
    }

    private static String text(RequestOutline outline, String name) {
        Slice value = outline.value(name);
        return value == null ? null : JsonReader.read(value.array(), value.from(), value.to()).asText();
    }

    private static boolean contains(Slice value, byte[] text) {
        int end = value == null ? 0 : value.to() - text.length;
        for (int at = value == null ? 1 : value.from(); at <= end; at++) {
            if (value.array()[at] == text[0] && java.util.Arrays.equals(value.array(), at, at + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }
}
