# frozen_string_literal: true

# The oauth2 gem, called as the hub's own Ruby client calls it: codes by a form body without a redirect target, refresh
# and client credentials by Basic.
require "oauth2"
require_relative "hub"

def client(path, secret: Hub::CLIENT_SECRET, scheme: :request_body)
  OAuth2::Client.new(Hub::CLIENT_ID, secret, site: Hub::ISSUER, authorize_url: "/oauth/authorize", token_url: path,
                                             auth_scheme: scheme)
end

def active?(token)
  answer = Faraday.post("#{Hub::ISSUER}/oauth/introspect", { token: token, client_id: Hub::CLIENT_ID,
                                                            client_secret: Hub::CLIENT_SECRET })
  JSON.parse(answer.body)["active"]
end

JSON_HEADERS = { headers: { "Accept" => "application/json" } }.freeze

Hub.part("code as the hub's own client redeems it") do
  token = client("/oauth/access_token").auth_code.get_token(Hub.code("hub"), JSON_HEADERS.dup)
  Hub.check("a code without redirect_uri", token.token.count(".") == 2)
  Hub.check("integer seconds", token.expires_in == 3600, token.expires_in)
  Hub.check("not expired", token.expires? && !token.expired?)
  Hub.check("scope is a text", token.params["scope"] == "zaikio.person.r", token.params)
  Hub.check("the app is the first audience", token.params["audiences"].first == Hub::APP, token.params)
  Hub.check("the bearer", token.params["bearer"] == { "id" => Hub::PERSON, "type" => "Person" }, token.params)
  claims = JWT.decode(token.token, nil, false).first
  Hub.check("jti is a UUID", claims["jti"].match?(Hub::UUID), claims)

  basic = client("/oauth/access_token", scheme: :basic_auth)
  old = OAuth2::AccessToken.from_hash(basic, token.to_hash)
  fresh = old.refresh!
  Hub.check("refresh by Basic", fresh.refresh_token != token.refresh_token)
  Hub.check("the old access token lives on", active?(token.token) == true)
  error = Hub.refusal { old.refresh! }
  Hub.check("a used refresh token", error.is_a?(OAuth2::Error) && error.code == "invalid_grant", error)
  again = fresh.refresh!
  Hub.check("and on with the new one", !again.refresh_token.nil?)
end

Hub.part("codes that are refused") do
  code = Hub.code("hub")
  error = Hub.refusal { client("/oauth/access_token", secret: "wrong").auth_code.get_token(code, JSON_HEADERS.dup) }
  Hub.check("a wrong secret", error.is_a?(OAuth2::Error) && error.code == "invalid_client", error)
  client("/oauth/access_token").auth_code.get_token(code, JSON_HEADERS.dup)
  error = Hub.refusal { client("/oauth/access_token").auth_code.get_token(code, JSON_HEADERS.dup) }
  Hub.check("a used code", error.is_a?(OAuth2::Error) && error.code == "invalid_grant", error)
  error = Hub.refusal { client("/oauth/access_token").auth_code.get_token("", JSON_HEADERS.dup) }
  Hub.check("no code", error.is_a?(OAuth2::Error) && error.code.start_with?("invalid_"), error)
end

%w[/oauth/access_token /oauth/token].each do |path|
  %i[basic_auth request_body].each do |scheme|
    Hub.part("#{path} #{scheme}") do
      token = client(path, scheme: scheme).client_credentials.get_token(scope: Hub::SCOPE)
      Hub.check("#{path} #{scheme}: a token", token.params["scope"] == "zaikio.organization.r", token.params)
      Hub.check("#{path} #{scheme}: without refresh", token.refresh_token.nil?)
      answer = token.get("/api/v1/organization")
      Hub.check("#{path} #{scheme}: the API", answer.parsed["id"] == Hub::CUSTOMER, answer.body)
      wrong = client(path, secret: "wrong", scheme: scheme)
      error = Hub.refusal { wrong.client_credentials.get_token(scope: Hub::SCOPE) }
      Hub.check("#{path} #{scheme}: a wrong secret",
                error.is_a?(OAuth2::Error) && error.code == "invalid_client", error)
    end
  end
end

Hub.part("scopes") do
  all = "#{Hub::SCOPE},Org/#{Hub::CUSTOMER}.zaikio.organization_members.r"
  basic = client("/oauth/access_token", scheme: :basic_auth)
  token = basic.client_credentials.get_token(scope: all)
  Hub.check("comma-joined both ways",
            token.params["scope"].split(",") == %w[zaikio.organization.r zaikio.organization_members.r], token.params)
  error = Hub.refusal { basic.client_credentials.get_token(scope: "Org/#{Hub::STRANGER}.zaikio.organization.r") }
  Hub.check("no token without a connection", error && error.response.body.include?("bearer_does_not_exist"), error)
  error = Hub.refusal { basic.client_credentials.get_token(scope: "Org/#{Hub::CUSTOMER}.zaikio.apps.rw") }
  Hub.check("none for scopes that are not desired",
            error && error.code == "invalid_scope" &&
            error.description == "scope_is_not_included_in_desired_scopes", error)
  errors = error ? JSON.parse(error.response.body)["errors"] : nil
  Hub.check("told in both shapes", errors == { "scopes" => ["scope_is_not_included_in_desired_scopes"] }, errors)
end

Hub.part("on behalf") do
  basic = client("/oauth/access_token", scheme: :basic_auth)
  acting = "Per/#{Hub::PERSON}>Org/#{Hub::CUSTOMER}"
  token = basic.client_credentials.get_token(scope: "#{acting}.zaikio.organization.r")
  bearer = { "id" => Hub::CUSTOMER, "type" => "Organization" }
  Hub.check("the organization is the bearer", token.params["bearer"] == bearer, token.params)
  person = token.params["bearer_on_behalf_of"]
  Hub.check("the person acts", person["id"] == Hub::PERSON && person["type"] == "Person", person)
  Hub.check("with their roles", person["roles"].sort == %w[admin owner], person)
  claims = JWT.decode(token.token, nil, false).first
  Hub.check("both are the subject", claims["sub"] == "Person/#{Hub::PERSON}>Organization/#{Hub::CUSTOMER}", claims)
  Hub.check("the bits of the roles", claims["roles"] == 3, claims)
  error = Hub.refusal do
    basic.client_credentials.get_token(scope: "Per/#{Hub::PERSON}>Org/#{Hub::STRANGER}.zaikio.organization.r")
  end
  Hub.check("for no other organization", error && error.response.body.include?("bearer_does_not_exist"), error)
end

Hub.part("logout") do
  token = client("/oauth/access_token").auth_code.get_token(Hub.code("hub"), JSON_HEADERS.dup)
  jti = JWT.decode(token.token, nil, false).first["jti"]
  answer = token.post("/api/v1/revoked_access_tokens", headers: { "Content-Type" => "application/json" }, body: "{}")
  Hub.check("the presented token ends", answer.status == 201 && answer.parsed["access_token_id"] == jti, answer.body)
  Hub.check("it is inactive", active?(token.token) == false)
  basic = client("/oauth/access_token", scheme: :basic_auth)
  error = Hub.refusal { OAuth2::AccessToken.from_hash(basic, token.to_hash).refresh! }
  Hub.check("and is not refreshed", error.is_a?(OAuth2::Error) && error.code == "invalid_grant", error)
end

Hub.finish
