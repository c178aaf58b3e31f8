# frozen_string_literal: true

# Verifies tokens on the jwt gem, as the hub's own Ruby library for services does: the key set, the list of revoked ids,
# and the rules on header and claims.
require "jwt"
require "net/http"
require_relative "hub"

def get(path)
  answer = Net::HTTP.get_response(URI(Hub::ISSUER + path))
  good = answer.is_a?(Net::HTTPSuccess) && answer["content-type"] == "application/json; charset=utf-8"
  Hub.check("#{path} answers JSON", good, [answer.code, answer["content-type"]])
  JSON.parse(answer.body)
end

def post(path, form, bearer: nil)
  request = Net::HTTP::Post.new(path)
  bearer ? request["Authorization"] = "Bearer #{bearer}" : request.basic_auth(Hub::CLIENT_ID, Hub::CLIENT_SECRET)
  request.set_form_data(form)
  uri = URI(Hub::ISSUER)
  Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
end

def token(path = "/oauth/access_token")
  JSON.parse(post(path, { "grant_type" => "client_credentials", "scope" => Hub::SCOPE }).body)["access_token"]
end

def decode(text, keys, **rules)
  JWT.decode(text, nil, true, { algorithms: ["RS256"], jwks: { keys: keys }, verify_not_before: true, **rules })
end

SUBJECT = %r{\A((\w+)/((\w|-)+)>)?(\w+)/((\w|-)+)\z}.freeze

Hub.part("verification") do
  keys = get("/api/v1/jwt_public_keys.json")["keys"].map { |key| key.transform_keys(&:to_sym) }
  text = token
  claims, header = decode(text, keys, iss: "ZAI", verify_iss: true, aud: Hub::APP, verify_aud: true)
  Hub.check("the header names a key of the list", keys.map { |key| key[:kid] }.include?(header["kid"]), header)
  Hub.check("scope is a list of app, name and permission",
            claims["scope"].all? { |scope| scope.match?(/\A[a-z][a-z0-9_]+\.[a-z_]+\.(r|w|rw)\z/) }, claims)
  Hub.check("the subject follows the pattern", claims["sub"].match?(SUBJECT), claims)
  Hub.check("jti is a UUID", claims["jti"].match?(Hub::UUID), claims)
  Hub.check("nbf is not in the future", claims["nbf"] <= Time.now.to_i, claims)
  error = Hub.refusal { decode(text, keys, aud: "another", verify_aud: true) }
  Hub.check("another audience", error.is_a?(JWT::InvalidAudError), error)
  error = Hub.refusal { decode("#{text[0..-7]}AAAAAA", keys) }
  Hub.check("another signature", error.is_a?(JWT::VerificationError), error)
  error = Hub.refusal { decode(text, []) }
  Hub.check("an unknown key", error.is_a?(JWT::DecodeError), error)

  acting = Hub.command("token", "issue", "--app", Hub::APP, "--as", "person:jane@customer.test",
                       "--for", "org:customer", "--scope", "zaikio.organization.r")
  claims, = decode(acting["access_token"], keys, aud: Hub::APP, verify_aud: true)
  Hub.check("on behalf follows the pattern", claims["sub"].match?(SUBJECT) && claims["sub"].include?(">"), claims)
end

Hub.part("standard tokens") do
  keys = get("/.well-known/jwks.json")["keys"].map { |key| key.transform_keys(&:to_sym) }
  claims, header = decode(token("/oauth/token"), keys, iss: Hub::ISSUER, verify_iss: true, verify_iat: true)
  Hub.check("type and client", header["typ"] == "at+jwt" && claims["client_id"] == Hub::CLIENT_ID, [header, claims])
end

Hub.part("revocation") do
  text = token
  jti = JWT.decode(text, nil, false).first["jti"]
  path = "/api/v1/revoked_access_tokens"
  Hub.check("not on the list", !get("#{path}.json")["revoked_token_ids"].include?(jti))
  answer = post(path, {}, bearer: text)
  Hub.check("revoked", answer.code == "201" && JSON.parse(answer.body)["access_token_id"] == jti, answer.body)
  Hub.check("on the list", get("#{path}.json")["revoked_token_ids"].include?(jti))
  told = JSON.parse(post("/oauth/introspect", { "token" => text }).body)
  Hub.check("inactive", told == { "active" => false }, told)
end

Hub.finish
