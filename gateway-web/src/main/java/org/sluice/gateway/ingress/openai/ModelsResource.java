package org.sluice.gateway.ingress.openai;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.ingress.AuthenticationFilter;
import org.sluice.gateway.json.JsonWriter;

/**
 * The models. An OpenAI client gets OpenAI's list; {@code sort_by} or {@code all=true} ask for the management list, a bare
 * array. {@code public} is the catalogue and needs no key.
 */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ModelsResource {
    @Inject ModelLists lists;

    @PostConstruct
    void list() {
        lists.common();
    }

    private ModelListing listing(HttpServletRequest request) {
        return request.getAttribute(AuthenticationFilter.CALLER) instanceof Caller caller ? lists.of(caller.organization()) : lists.common();
    }

    @GET
    public byte[] list(@Context HttpServletRequest request, @QueryParam("sort_by") String sortBy, @QueryParam("all") boolean all) {
        return sortBy != null || all ? listing(request).managementList() : listing(request).openAiList();
    }

    @GET
    @Path("public")
    public byte[] publicCatalogue(@QueryParam("unnest") boolean unnest) {
        return lists.common().publicCatalogue(unnest);
    }

    /** A page of the models that can be called; the body may say {@code search}, {@code provider_id}, {@code page}, {@code page_size}. */
    @POST
    @Path("list")
    @Consumes(MediaType.WILDCARD)
    public byte[] listFiltered(@Context HttpServletRequest request, byte[] body) {
        return ModelListParameters.read(body).write(listing(request));
    }

    /** How many there are. */
    @POST
    @Path("summary")
    @Consumes(MediaType.WILDCARD)
    public byte[] summary(@Context HttpServletRequest request, byte[] body) {
        return new JsonWriter().beginObject().name("count").value(listing(request).count(ModelListParameters.read(body).wanted())).endObject().toBytes();
    }

    /** One model; its name may hold slashes. */
    @GET
    @Path("{id: .+}")
    public byte[] one(@Context HttpServletRequest request, @PathParam("id") String id) {
        return listing(request).openAiModel(id.endsWith("/") ? id.substring(0, id.length() - 1) : id);
    }
}
