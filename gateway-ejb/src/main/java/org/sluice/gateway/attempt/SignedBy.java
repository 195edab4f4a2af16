package org.sluice.gateway.attempt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.route.Target;

/**
 * Which provider signed a thought, where several speak the dialect and none can read the other's. An answer's signatures
 * get their maker's name; a request takes to a provider only those it made. One that names no maker, because the
 * provider's bytes passed, is known by its looks: OpenAI's, also on Azure, are Fernet tokens, others' are not.
 */
final class SignedBy implements ChunkReader {
    private static final Set<String> SHARED = Set.of(Signatures.RESPONSES, Signatures.DETAILS);
    private static final Set<String> FERNET = Set.of("openai", "azure_openai", "azure_ai");
    private static final Set<String> OTHER = Set.of("xai", "groq");
    private static final String TOKEN = "gAAAA";
    private static final byte[] MEMBER = "\"encrypted_content\"".getBytes(US_ASCII);
    private final ChunkReader reader;
    private final String provider;

    private SignedBy(ChunkReader reader, String provider) {
        this.reader = reader;
        this.provider = provider;
    }

    static ChunkReader named(ChunkReader reader, Target target) {
        return new SignedBy(reader, target.deployment().provider());
    }

    static ChatResponse named(ChatResponse answer, Target target) {
        List<ChatResponse.Choice> choices = new ArrayList<>(answer.choices().size());
        for (ChatResponse.Choice choice : answer.choices()) {
            List<Part> parts = new ArrayList<>(choice.message().parts().size());
            choice.message().parts().forEach(part -> parts.add(part instanceof Part.Thinking thinking
                    ? new Part.Thinking(thinking.text(), named(thinking.signature(), target.deployment().provider()), thinking.extras()) : part));
            Message message = new Message(choice.message().role(), choice.message().name(), parts, choice.message().extras());
            choices.add(new ChatResponse.Choice(choice.index(), message, choice.finishReason(), choice.extras()));
        }
        return new ChatResponse(answer.id(), answer.created(), answer.responseModel(), choices, answer.usage(), answer.extras());
    }

    private static String named(String signature, String provider) {
        return signature != null && SHARED.contains(Signatures.ownerOf(signature)) ? Signatures.by(provider, signature) : signature;
    }

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        return named(reader.read(event));
    }

    @Override
    public List<ChatChunk> end() {
        return named(reader.end());
    }

    private List<ChatChunk> named(List<ChatChunk> read) {
        List<ChatChunk> named = read;
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i) instanceof ChatChunk.ThinkingSignature signed && SHARED.contains(Signatures.ownerOf(signed.signature()))) {
                named = named == read ? new ArrayList<>(read) : named;
                named.set(i, new ChatChunk.ThinkingSignature(signed.choice(), signed.part(), named(signed.signature(), provider)));
            }
        }
        return named;
    }

    /** The request without the signatures that others made. */
    static ChatRequest only(ChatRequest request, Target target) {
        String provider = target.deployment().provider();
        List<Message> messages = null;
        for (int i = 0; i < request.messages().size(); i++) {
            Message message = request.messages().get(i);
            if (message.parts().stream().anyMatch(part -> isForeign(part, provider))) {
                messages = messages == null ? new ArrayList<>(request.messages()) : messages;
                messages.set(i, new Message(message.role(), message.name(), message.parts().stream()
                        .map(part -> isForeign(part, provider) ? bare(part) : part).toList(), message.extras()));
            }
        }
        return messages == null ? request : request.withMessages(messages);
    }

    private static boolean isForeign(Part part, String provider) {
        return part instanceof Part.Thinking thinking && isForeign(thinking.signature(), provider);
    }

    private static Part bare(Part part) {
        return new Part.Thinking(((Part.Thinking) part).text(), null, part.extras());
    }

    private static boolean isForeign(String signature, String provider) {
        String owner = signature == null ? Signatures.ANTHROPIC : Signatures.ownerOf(signature);
        String maker = signature == null ? null : Signatures.makerOf(signature);
        if (!SHARED.contains(owner)) {
            return false;
        }
        if (maker != null) {
            return !maker.equals(provider);
        }
        String encrypted = signature.substring(Math.max(signature.indexOf(':'), signature.indexOf('|')) + 1);
        return owner.equals(Signatures.RESPONSES) && isForeignLooking(encrypted, provider);
    }

    private static boolean isForeignLooking(String encrypted, String provider) {
        boolean isToken = encrypted.startsWith(TOKEN);
        return isToken ? OTHER.contains(provider) : !encrypted.isEmpty() && FERNET.contains(provider);
    }

    /** Whether a Responses request that would pass as it is may hold a signature that the target did not make. */
    static boolean mayHoldForeign(byte[] body, Target target) {
        String provider = target.deployment().provider();
        if (!FERNET.contains(provider) && !OTHER.contains(provider)) {
            return false;
        }
        for (int at = indexOf(body, 0); at >= 0; at = indexOf(body, at)) {
            at += MEMBER.length;
            while (at < body.length && (body[at] == ':' || body[at] <= ' ')) {
                at++;
            }
            String start = new String(body, at, Math.min(TOKEN.length() + 1, body.length - at), StandardCharsets.ISO_8859_1);
            if (start.startsWith("\"") && !start.startsWith("\"\"") && isForeignLooking(start.substring(1), provider)) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(byte[] body, int from) {
        for (int at = from; at <= body.length - MEMBER.length; at++) {
            int i = 0;
            while (i < MEMBER.length && body[at + i] == MEMBER[i]) {
                i++;
            }
            if (i == MEMBER.length) {
                return at;
            }
        }
        return -1;
    }
}
