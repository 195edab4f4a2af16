package org.sluice.gateway.ingress.gemini;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.Asked;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.EndpointIngress;
import org.sluice.gateway.ingress.Exchange;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;

/** Finds out what a request below {@code /api/google/} asks for. The resource and the fast lane both lead here. */
@ApplicationScoped
public class GeminiDoor {
    private static final String GEMINI = "gemini";
    /** Beginnings of Google's own embedding models; another name without a prefix finds its provider as everywhere. */
    private static final Pattern OWN = Pattern.compile("gemini|embedding-|text-embedding-0|text-multilingual-embedding|aqa");
    private static final Set<String> EMBEDDING_METHODS = Set.of("embedContent", "batchEmbedContents");
    @Inject Ingress ingress;
    @Inject EndpointIngress endpoints;
    @Inject GeminiDialect dialect;
    @Inject ModelCatalog catalog;
    @Inject CredentialResolver credentials;
    @Inject @Any Instance<Provider> providers;
    private ModelList models;

    @PostConstruct
    void list() {
        models = new ModelList(catalog, providers.stream().toList(), credentials::isUsable);
    }

    void serve(String httpMethod, Exchange exchange) {
        Door chat = door(Operation.CHAT);
        try {
            GeminiPath path = GeminiPath.of(exchange.path());
            if (path.method().isEmpty() && httpMethod.equals("GET")) {
                ingress.answer(chat, exchange, () -> path.model().isEmpty()
                        ? models.page(parameter(exchange, "pageSize"), parameter(exchange, "pageToken")) : models.one(path.model()));
            } else if (path.method().isEmpty() || path.model().isEmpty()) {
                throw new GatewayException(ErrorType.NOT_FOUND, "Not found. The path names no model and method, as in models/gemini-2.5-flash:generateContent.");
            } else if (!httpMethod.equals("POST")) {
                ingress.refuseMethod(chat, exchange);
            } else if (EMBEDDING_METHODS.contains(path.method())) {
                embed(path, exchange);
            } else {
                ingress.serve(asked(path, exchange), exchange);
            }
        } catch (GatewayException e) {
            ingress.refuse(chat, exchange, e);
        }
    }

    private Asked asked(GeminiPath path, Exchange exchange) {
        return switch (path.method()) {
            case "generateContent" -> new Asked(door(Operation.CHAT), path.model(), false, null);
            case "streamGenerateContent" -> new Asked(door(Operation.CHAT), path.model(), true,
                    "sse".equals(parameter(exchange, "alt")) ? null : new JsonArrayForm());
            case "countTokens" -> new Asked(door(Operation.COUNT_TOKENS), path.model(), false, null);
            default -> throw new GatewayException(ErrorType.NOT_FOUND, "Not found. No method is called '" + path.method() + "' here.");
        };
    }

    /** To Gemini's own models they pass as they are; for others they are translated. */
    private void embed(GeminiPath path, Exchange exchange) {
        boolean isPinned = path.model().startsWith(GEMINI + "/");
        String model = isPinned ? path.model().substring(GEMINI.length() + 1) : path.model();
        if (isPinned || model.indexOf('/') < 0 && OWN.matcher(model).lookingAt()) {
            endpoints.serveNative(door(Operation.EMBEDDING), GEMINI, model, "/v1beta/models/" + model + ":" + path.method(), exchange);
            return;
        }
        EmbedForm form = new EmbedForm(path.method().startsWith("batch"));
        endpoints.serveEmbeddings(door(Operation.EMBEDDING), model, body -> form.request(body, model), form::response, exchange);
    }

    /** Google's body has no room for the gateway's parameters: they come in the header. */
    private Door door(Operation operation) {
        return new Door(dialect, operation, Set.of(), false);
    }

    private static String parameter(Exchange exchange, String name) {
        if (exchange.query() != null) {
            for (String parameter : exchange.query().split("&")) {
                if (parameter.startsWith(name + "=")) {
                    return decoded(parameter.substring(name.length() + 1));
                }
            }
        }
        return null;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
