package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.openai.ModelLists;
import org.sluice.gateway.integration.CustomModel;
import org.sluice.gateway.integration.Integrations;
import org.sluice.gateway.route.ModelNames;

/** Models of an organization's own at {@code /api/models/} (contract 8); they are read where all models are. */
@Path("/api/models")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Custom models")
public class CustomModelsResource {
    private static final int NAME = 200;
    @Inject Integrations integrations;
    @Inject ModelDraft draft;
    @Inject ModelNames names;
    @Inject ModelLists lists;

    @POST
    @Operation(summary = "Make a model, or change the one of this name", description = "Members: model_name, base_model_name, display_name, provider_id, is_called_by_custom_name, "
            + "input_cost, output_cost, cache_hit_input_cost, cache_creation_input_cost (USD per million tokens), max_context_window, streaming_support, function_call, "
            + "image_support, supported_params_override.")
    public Response create(@Context HttpServletRequest request, InputStream body) {
        Caller caller = ManagementRequest.writer(request);
        Members members = Members.of(ManagementRequest.body(body));
        String name = members.needed("model_name", NAME, null);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._:@/+-]*") || name.contains("..") || name.contains("//") || name.endsWith("/")) {
            throw members.wrong("model_name", "letters, digits and . _ : @ / + -, beginning with a letter or digit and not ending with a slash");
        }
        requireOwn(caller, name, "change");
        return stored(caller, name, integrations.storeModel(caller.organization(), name, now -> draft.apply(caller, members, name, now, false)));
    }

    @PUT
    @Path("{model_name: .+}")
    @Operation(summary = "Replace a model", description = "What is not mentioned is as if it had never been said.")
    public Response replace(@Context HttpServletRequest request, @PathParam("model_name") String name, InputStream body) {
        return change(request, bare(name), body, true);
    }

    @PATCH
    @Path("{model_name: .+}")
    @Operation(summary = "Change a model", description = "What is not mentioned stays.")
    public Response change(@Context HttpServletRequest request, @PathParam("model_name") String name, InputStream body) {
        return change(request, bare(name), body, false);
    }

    private Response change(HttpServletRequest request, String name, InputStream body, boolean isWhole) {
        Caller caller = ManagementRequest.writer(request);
        Members members = Members.of(ManagementRequest.body(body));
        requireOwn(caller, name, "change");
        return stored(caller, name, integrations.storeModel(caller.organization(), name, now -> {
            if (now == null) {
                throw notFound(name);
            }
            return draft.apply(caller, members, now.name(), now, isWhole);
        }));
    }

    @DELETE
    @Path("{model_name: .+}")
    @Operation(summary = "Delete a model")
    public Response delete(@Context HttpServletRequest request, @PathParam("model_name") String given) {
        Caller caller = ManagementRequest.writer(request);
        String name = bare(given);
        requireOwn(caller, name, "delete");
        if (!integrations.removeModel(caller.organization(), name)) {
            throw notFound(name);
        }
        return Response.noContent().build();
    }

    /** @throws GatewayException PERMISSION for a model of the catalogue that the organization does not have itself */
    private void requireOwn(Caller caller, String name, String what) {
        if (integrations.model(caller.organization(), name).isEmpty() && names.builtIn(name).isPresent()) {
            throw new GatewayException(ErrorType.PERMISSION, "Cannot " + what + " hardcoded models. Make a model of your own under another name, with this one as 'base_model_name'.");
        }
    }

    private Response stored(Caller caller, String name, Integrations.Stored<CustomModel> stored) {
        return ManagementJson.answer(stored.isNew() ? 201 : 200, lists.model(caller.organization(), name));
    }

    private static GatewayException notFound(String name) {
        return GatewayException.of(ErrorType.MODEL_NOT_FOUND, "model", "Requested model " + (name.length() > NAME ? name.substring(0, NAME) : name)
                + " is not available in the model list.");
    }

    private static String bare(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
