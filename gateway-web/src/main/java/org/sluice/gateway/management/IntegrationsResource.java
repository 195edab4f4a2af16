package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.integration.CredentialFields;
import org.sluice.gateway.integration.Integrations;
import org.sluice.gateway.integration.KeyTrial;
import org.sluice.gateway.integration.ProviderKey;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.route.Providers;

/** {@code /api/integrations/}: the provider keys an organization has stored (contract 6.2). */
@Path("/api/integrations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Integrations")
public class IntegrationsResource {
    private static final int NAME = 255;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject KeyTrial trial;
    @Inject KeyTrials trials;
    @Inject ManagementJson json;

    @GET
    @Operation(summary = "The stored provider keys, masked")
    public Response list(@Context HttpServletRequest request) {
        String organization = ManagementRequest.caller(request).organization();
        return json.page(integrations.keys(organization).stream().map(this::view).toList());
    }

    @POST
    @Operation(summary = "Store a provider key", description = "Members: provider, credentials, name, weight, available_models, exclude_models, requests_per_minute, tokens_per_minute, is_enabled.")
    public Response create(@Context HttpServletRequest request, InputStream body) {
        ProviderKey key = read(ManagementRequest.writer(request), Members.of(ManagementRequest.body(body)), null);
        integrations.add(key);
        return json.answer(201, view(key));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One stored key, masked")
    public Response find(@Context HttpServletRequest request, @PathParam("id") String id) {
        return json.answer(200, view(stored(ManagementRequest.caller(request), id)));
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change a stored key", description = "What is not mentioned stays. 'credentials' replaces all fields at once.")
    public Response change(@Context HttpServletRequest request, @PathParam("id") String id, InputStream body) {
        Caller caller = ManagementRequest.writer(request);
        Members members = Members.of(ManagementRequest.body(body));
        return json.answer(200, view(integrations.changeKey(caller.organization(), id, members.has("credentials"), now -> read(caller, members, now))
                .orElseThrow(ManagementRequest::notFound)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a stored key")
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        if (!integrations.removeKey(ManagementRequest.writer(request).organization(), id)) {
            throw ManagementRequest.notFound();
        }
        return Response.noContent().build();
    }

    @POST
    @Path("/test")
    @Operation(summary = "Try a key that is not stored", description = "A real call, the smallest there is. Members: provider, credentials, model.")
    public void testUnsaved(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        Caller caller = ManagementRequest.writer(request);
        Members members = Members.of(ManagementRequest.body(body));
        tryKey(caller, read(caller, members, null), members, response);
    }

    @POST
    @Path("/{id}/test")
    @Operation(summary = "Try a stored key", description = "A real call, the smallest there is. Optional member: model.")
    public void test(@Context HttpServletRequest request, @PathParam("id") String id, InputStream body, @Suspended AsyncResponse response) {
        Caller caller = ManagementRequest.writer(request);
        tryKey(caller, stored(caller, id), Members.of(ManagementRequest.optionalBody(body)), response);
    }

    private void tryKey(Caller caller, ProviderKey key, Members members, AsyncResponse response) {
        Provider provider = provider(caller.organization(), key.provider());
        String model = members.text("model", NAME, null);
        trials.run(response, () -> json.answer(200, TrialView.of(provider, trial.run(caller, key, provider, model))));
    }

    private ProviderKey stored(Caller caller, String id) {
        return integrations.key(caller.organization(), id).orElseThrow(ManagementRequest::notFound);
    }

    private IntegrationView view(ProviderKey key) {
        return IntegrationView.of(key, providers.find(key.provider(), key.organization()).orElse(null));
    }

    private Provider provider(String organization, String name) {
        return providers.find(name, organization).orElseThrow(() -> GatewayException.invalid("provider", "No provider is called '" + name + "'."));
    }

    /** @param now what is stored, or null for a new one; its provider stays */
    private ProviderKey read(Caller caller, Members members, ProviderKey now) {
        Provider provider = provider(caller.organization(), now == null ? members.needed("provider", NAME, null) : now.provider());
        if (now == null && !members.has("credentials")) {
            throw GatewayException.invalid("credentials", "'credentials' is needed: the fields of the provider's credential.");
        }
        Map<String, String> fields = members.has("credentials") ? CredentialFields.read(provider, members.get("credentials"), "credentials") : now.fields();
        BigDecimal weight = members.number("weight", "0", true, "1000000", now == null ? BigDecimal.ONE : BigDecimal.valueOf(now.weight()));
        Boolean isEnabled = members.flag("is_enabled", now == null || now.isEnabled());
        String name = members.text("name", NAME, now == null ? null : now.name());
        Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new ProviderKey(now == null ? UUID.randomUUID().toString() : now.id(), caller.organization(), provider.id(), name == null ? provider.id() : name, fields,
                weight == null ? 1 : weight.doubleValue(), members.texts("available_models", NAME, now == null ? List.of() : now.availableModels()),
                members.texts("exclude_models", NAME, now == null ? List.of() : now.excludedModels()),
                members.count("requests_per_minute", Long.MAX_VALUE, now == null ? null : now.requestsPerMinute()),
                members.count("tokens_per_minute", Long.MAX_VALUE, now == null ? null : now.tokensPerMinute()), isEnabled == null || isEnabled,
                now == null ? time : now.createdAt(), time);
    }
}
