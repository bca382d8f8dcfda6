//! Seven documents of a vendor, one after the other, as such documents develop: the base path moves, components move, are
//! renamed and gain users, operations come. Nothing is edited by hand but descriptions.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::fixture::{Fresh, PROSE, made};

const OURS: &str = "\
openapi: 3.0.3
info:
  title: Club
  version: 0.1.2
  description: The members of a club.
servers:
- url: https://{region}.club.example
  description: The hosts, one for each region.
  variables:
    region:
      description: The region.
      default: eu
tags:
- name: Members
  description: Who belongs to it.
security:
- basic: []
paths:
  /v1/clubs/{club_id}/members:
    parameters:
    - $ref: '#/components/parameters/ClubId'
    get:
      tags:
      - Members
      summary: List the members
      description: Lists the members.
      operationId: listMembers
      responses:
        '200':
          description: The members.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/MemberList'
    post:
      tags:
      - Members
      summary: Add a member
      description: Adds a member.
      operationId: addMember
      requestBody:
        description: The member.
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/AddMemberRequest'
      responses:
        '200':
          description: The member.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Member'
        '404':
          $ref: '#/components/responses/NotFound'
  /v1/clubs/{club_id}/members/{member_id}:
    parameters:
    - $ref: '#/components/parameters/ClubId'
    - $ref: '#/components/parameters/MemberId'
    get:
      tags:
      - Members
      summary: Fetch a member
      description: Fetches a member.
      operationId: getMember
      responses:
        '200':
          description: The member.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Member'
        '404':
          $ref: '#/components/responses/NotFound'
components:
  parameters:
    ClubId:
      name: club_id
      in: path
      description: Id of the club.
      required: true
      schema:
        type: string
    MemberId:
      name: member_id
      in: path
      description: Id of the member.
      required: true
      schema:
        type: string
  responses:
    NotFound:
      description: There is no such member.
  schemas:
    MemberList:
      description: Members.
      type: object
      properties:
        members:
          description: The members.
          type: array
          items:
            $ref: '#/components/schemas/Member'
    Member:
      description: A member.
      type: object
      properties:
        id:
          description: Id of the member.
          type: string
        rank:
          $ref: '#/components/schemas/Rank'
        teams:
          description: The teams of the member.
          type: array
          items:
            $ref: '#/components/schemas/TeamSummary'
      required:
      - id
    AddMemberRequest:
      description: A new member.
      type: object
      properties:
        rank:
          $ref: '#/components/schemas/Rank'
    TeamSummary:
      description: A team in short.
      type: object
      properties:
        id:
          description: Id of the team.
          type: string
        title:
          description: Title of the team.
          type: string
    Rank:
      description: Rank of a member.
      type: string
      enum:
      - guest
      - regular
      x-enum-descriptions:
        guest: Comes now and then.
        regular: Comes every week.
  securitySchemes:
    basic:
      description: Name and password.
      type: http
      scheme: basic
";

const OVERLAY: &str = "\
overlay: 1.0.0
info:
  title: Deviations
  version: '1'
actions:
- target: $.paths['/v1/clubs/{club_id}/members'].post
  description: A member can be added twice.
  update:
    x-retry: idempotent
- target: $.components.schemas.TeamSummary
  description: A team always has an id.
  update:
    required:
    - id
";

/// A reply in the vendor's document.
fn reply(name: &str) -> Value {
    json!({ "200": { "description": PROSE, "content": { "application/json": { "schema": reference(name) } } } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An operation in the vendor's document.
fn operation(id: &str, responses: Value) -> Value {
    json!({ "operationId": id, "tags": ["member"], "summary": PROSE, "responses": responses })
}

/// The vendor's first document: the id of the club is in the URL of its server.
fn first() -> Value {
    let text = json!({ "type": "string", "description": PROSE });
    let id = json!({ "in": "path", "name": "id", "required": true, "schema": { "type": "string" } });
    let mut add = operation("members-add", reply("member"));
    add["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": { "type": "object",
        "properties": { "rank": { "type": "string", "enum": ["regular", "guest"] } } } } } });
    add["responses"]["404"] = json!({ "description": PROSE });
    let mut get = operation("members-get", reply("member"));
    get["responses"]["404"] = json!({ "description": PROSE });
    get["parameters"] = json!([id]);
    let list = operation("members-list", reply("member_page"));
    json!({
        "openapi": "3.0.2",
        "info": { "title": "Club of the vendor", "version": "0.1.2" },
        "servers": [{ "url": "https://{region}.club.example/v1/clubs/{club}", "variables": { "region": { "default": "eu" },
            "club": { "default": "CLUB", "description": PROSE } } }],
        "security": [{ "basicAuth": [] }],
        "paths": { "/members": { "get": list, "post": add }, "/members/{id}": { "get": get } },
        "components": {
            "securitySchemes": { "basicAuth": { "type": "http", "scheme": "basic" } },
            "schemas": {
                "member_page": { "type": "object", "properties": { "members": { "type": "array", "items": reference("member") } } },
                "member": { "type": "object", "required": ["id"], "properties": { "id": text, "rank": reference("rank"),
                    "teams": { "type": "array", "items": reference("TeamSummary") } } },
                "TeamSummary": { "type": "object", "properties": { "id": text, "title": text } },
                "rank": { "type": "string", "enum": ["guest", "regular"], "description": PROSE },
            },
        },
    })
}

/// The id of the club moves from the URL of the server into the paths.
fn into_paths(vendor: &mut Value) {
    vendor["servers"] =
        json!([{ "url": "https://{region}.club.example", "variables": { "region": { "default": "eu" } } }]);
    let club = json!({ "in": "path", "name": "club", "required": true, "schema": { "type": "string" } });
    let paths = vendor["paths"].take();
    let paths = paths.as_object().unwrap().iter().map(|(path, item)| {
        let mut item = item.clone();
        item["parameters"] = json!([club]);
        (format!("/v1/clubs/{{club}}{path}"), item)
    });
    vendor["paths"] = paths.collect();
}

/// And back.
fn into_servers(vendor: &mut Value) {
    vendor["servers"] = first()["servers"].clone();
    let paths = vendor["paths"].take();
    let paths = paths.as_object().unwrap().iter().map(|(path, item)| {
        let mut item = item.clone();
        item.as_object_mut().unwrap().remove("parameters");
        (path.strip_prefix("/v1/clubs/{club}").unwrap().to_owned(), item)
    });
    vendor["paths"] = paths.collect();
}

/// The vendor's documents, each with the operations to include.
fn documents() -> Vec<(Value, &'static str)> {
    let mut vendor = first();
    let mut documents = vec![(vendor.clone(), "")];

    // An operation comes, and the teams move to it from the member.
    vendor["info"]["version"] = json!("0.1.3");
    let id = vendor["paths"]["/members/{id}"]["get"]["parameters"].clone();
    let mut teams = operation("teams-of-member", reply("team_page"));
    teams["parameters"] = id;
    vendor["paths"]["/members/{id}/teams"] = json!({ "get": teams });
    let schemas = &mut vendor["components"]["schemas"];
    schemas["team_page"] =
        json!({ "type": "object", "properties": { "teams": { "type": "array", "items": reference("TeamSummary") } } });
    schemas["member"]["properties"].as_object_mut().unwrap().remove("teams");
    documents.push((vendor.clone(), "/members/*/teams"));

    vendor["info"]["version"] = json!("0.1.4");
    into_paths(&mut vendor);
    documents.push((vendor.clone(), ""));

    // Components get other names, and inline schemas become components: one of them with another user.
    vendor["info"]["version"] = json!("0.1.5");
    let schemas = vendor["components"]["schemas"].as_object_mut().unwrap();
    let rank = schemas.remove("rank").unwrap();
    schemas.insert("MemberRank".to_owned(), rank);
    vendor = serde_json::from_str(&vendor.to_string().replace("schemas/rank", "schemas/MemberRank")).unwrap();
    let body = &mut vendor["paths"]["/v1/clubs/{club}/members"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    body["properties"]["rank"] = reference("MemberRank");
    let body = std::mem::replace(body, reference("member_new"));
    vendor["components"]["schemas"]["member_new"] = body;
    documents.push((vendor.clone(), ""));

    // An operation that uses what others use, below the base path in the paths.
    vendor["info"]["version"] = json!("0.1.6");
    let item = &mut vendor["paths"]["/v1/clubs/{club}/members/{id}"];
    let mut put = item["get"].clone();
    put["operationId"] = json!("members-replace");
    put["requestBody"] =
        json!({ "required": true, "content": { "application/json": { "schema": reference("member_new") } } });
    item["put"] = put;
    documents.push((vendor.clone(), "/v1/clubs/*/members/*"));

    // Back to the servers, with a new rank, and a member who has teams again.
    vendor["info"]["version"] = json!("0.2.0");
    into_servers(&mut vendor);
    vendor["components"]["schemas"]["MemberRank"]["enum"] = json!(["guest", "regular", "honorary"]);
    vendor["components"]["schemas"]["member"]["properties"]["teams"] =
        json!({ "type": "array", "items": reference("TeamSummary") });
    documents.push((vendor.clone(), ""));

    // Into the paths again, because a second base path comes.
    vendor["info"]["version"] = json!("0.2.1");
    into_paths(&mut vendor);
    vendor["paths"]["/v2/clubs/{club}/ranks"] = json!({ "parameters": vendor["paths"]["/v1/clubs/{club}/members"]["parameters"],
        "get": operation("ranks-list", reply("rank_page")) });
    vendor["components"]["schemas"]["rank_page"] = json!({ "type": "object", "properties": {
        "ranks": { "type": "array", "items": reference("MemberRank") } } });
    documents.push((vendor.clone(), "/v2/**"));
    documents
}

/// Imports one document, as a maintainer does: descriptions are all that is written by hand.
fn import(fresh: &Fresh, vendor: &Value, glob: &str) {
    let version = vendor["info"]["version"].as_str().unwrap();
    let include: Vec<String> = Some(glob)
        .filter(|glob| !glob.is_empty())
        .map(str::to_owned)
        .into_iter()
        .collect();
    let import = fresh.of(vendor).include(include);
    let outcome = import
        .run(&fresh.workspace)
        .unwrap_or_else(|failure| panic!("{version}: {failure}"));
    assert!(!outcome.text().contains("by hand"), "{version}: {}", outcome.text());
    assert!(!outcome.text().contains("removed:\n"), "{version}: {}", outcome.text());
    let text = fresh.text();
    assert!(!text.contains(PROSE), "{version}");
    let text = text.replace(": ''", ": Words.");
    fs::write(fresh.document_path(), text).unwrap();
    fresh.workspace.described().unwrap();
    let again = import.run(&fresh.workspace).unwrap();
    assert_eq!(again.code(), 0, "{version} imported again: {}", again.text());
    let api = fresh
        .workspace
        .load("club")
        .unwrap_or_else(|failure| panic!("{version}: {failure}"));
    assert_eq!(api.wire["info"]["version"], version);
}

#[test]
fn seven_documents_replay_without_an_edit_but_descriptions() {
    let fresh = made("club", OURS, OVERLAY);
    for (vendor, glob) in documents() {
        import(&fresh, &vendor, glob);
    }
    let wire = fresh.workspace.load("club").unwrap().wire;
    let paths: BTreeSet<&str> = wire["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    // The order of a map depends on the features of the build.
    assert_eq!(
        paths.iter().copied().collect::<Vec<_>>(),
        [
            "/v1/clubs/{club_id}/members",
            "/v1/clubs/{club_id}/members/{member_id}",
            "/v1/clubs/{club_id}/members/{member_id}/teams",
            "/v2/clubs/{club_id}/ranks",
        ]
    );
    let names: BTreeSet<&str> = wire["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names.iter().copied().collect::<Vec<_>>(),
        [
            "AddMemberRequest",
            "Member",
            "MemberList",
            "Rank",
            "RankPage",
            "TeamPage",
            "TeamSummary"
        ]
    );
    for (name, text) in [
        ("TeamSummary", "A team in short."),
        ("Rank", "Rank of a member."),
        ("AddMemberRequest", "A new member."),
        ("Member", "A member."),
    ] {
        assert_eq!(wire["components"]["schemas"][name]["description"], text);
    }
    let rank = &wire["components"]["schemas"]["Rank"]["x-enum-descriptions"];
    assert_eq!(
        rank,
        &json!({ "guest": "Comes now and then.", "honorary": "Words.", "regular": "Comes every week." })
    );
    for path in paths {
        let parameters = &wire["paths"][path]["parameters"];
        assert_eq!(parameters[0]["$ref"], "#/components/parameters/ClubId", "{path}");
    }
    assert_eq!(wire["servers"].as_array().unwrap().len(), 1);
    assert_eq!(wire["servers"][0]["url"], "https://{region}.club.example");
    assert_eq!(wire["servers"][0]["description"], "The hosts, one for each region.");
}

#[test]
fn documents_that_only_move_the_base_path_change_nothing_but_the_version() {
    let fresh = made("club", OURS, OVERLAY);
    let mut vendor = first();
    for version in ["0.1.3", "0.1.4", "0.1.5"] {
        if version == "0.1.4" {
            into_servers(&mut vendor)
        } else {
            into_paths(&mut vendor)
        }
        vendor["info"]["version"] = json!(version);
        let (_, lines) = fresh.import(&vendor);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert_eq!(lines[1], format!("+  version: '{version}'"));
    }
}
