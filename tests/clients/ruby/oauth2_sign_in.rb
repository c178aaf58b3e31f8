# frozen_string_literal: true

# A person who signs in through the pages to an app on the oauth2 gem, with the gem's own paths and with the hub's.
require "oauth2"
require_relative "pages"

{ "the gem's paths" => {}, "the hub's paths" => { token_url: "/oauth/access_token" } }.each do |name, paths|
  Hub.part(name) do
    client = OAuth2::Client.new(Hub::CLIENT_ID, Hub::CLIENT_SECRET, site: Hub::ISSUER, **paths)
    url = client.auth_code.authorize_url(redirect_uri: Hub::REDIRECT, scope: "zaikio.person.r", state: "x y")
    back = URI.decode_www_form(Person.new.consent(url).query).to_h
    Hub.check("#{name}: the state comes back", back["state"] == "x y", back)
    token = client.auth_code.get_token(back["code"], redirect_uri: Hub::REDIRECT)
    Hub.check("#{name}: a token", token.expires_in == 3600 && token.refresh_token, token.to_hash)
    person = token.get("/api/v1/person.json").parsed
    Hub.check("#{name}: it opens the profile", person["id"] == Hub::PERSON, person)
    fresh = token.refresh!
    Hub.check("#{name}: refresh", fresh.refresh_token && fresh.refresh_token != token.refresh_token, fresh.to_hash)
  end
end

Hub.part("an admin installs") do
  client = OAuth2::Client.new(Hub::CLIENT_ID, Hub::CLIENT_SECRET, site: Hub::ISSUER, token_url: "/oauth/access_token")
  url = client.auth_code.authorize_url(redirect_uri: Hub::REDIRECT, scope: "Org.zaikio.organization.r")
  back = URI.decode_www_form(Person.new.consent(url).query).to_h
  token = client.auth_code.get_token(back["code"])
  Hub.check("the token speaks for the organization", token.params["bearer"]["id"] == Hub::CUSTOMER, token.params)
end

Hub.finish
