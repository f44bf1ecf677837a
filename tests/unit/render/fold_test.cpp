// SPDX-License-Identifier: Apache-2.0
// Folding: what decides and changes stays, nothing is lost from the count, and no picture is larger than asked for.
#include <doctest/doctest.h>
#include <render/fold.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

namespace postern::render {
namespace {

using model::ChangeKind;
using model::EntityKind;
using model::Picture;
using model::PictureEntity;

model::EntityId id(const std::string& space, std::size_t number, const std::string& application = "a") {
  return {model::Symbol(application), model::Symbol("t"), model::Symbol(space + "/s" + std::to_string(number))};
}

/// `size` services in `spaces` namespaces, each of which calls the next; two third parties.
Picture chain(std::size_t size, std::size_t spaces) {
  Picture picture;
  const auto id_of = [&](std::size_t at) { return id("n" + std::to_string(at % spaces), at); };
  for (std::size_t at = 0; at < size; ++at) {
    picture.entities.push_back({id_of(at), "s" + std::to_string(at), EntityKind::service, {}, "cluster", {}, 0});
    if (at > 0) picture.relations.push_back({id_of(at - 1), id_of(at), model::RelationKind::calls, {}});
  }
  return picture;
}

const PictureEntity* find(const Picture& picture, std::string_view address) {
  const auto at = std::find_if(picture.entities.begin(), picture.entities.end(),
                               [&](const PictureEntity& entity) { return entity.id.address.view() == address; });
  return at == picture.entities.end() ? nullptr : &*at;
}

bool leads(const Picture& picture, std::string_view from, std::string_view to) {
  return std::any_of(picture.relations.begin(), picture.relations.end(), [&](const model::PictureRelation& relation) {
    return relation.source.address.view() == from && relation.target.address.view() == to;
  });
}

TEST_CASE("a picture that fits stays as it is") {
  const Picture whole = chain(20, 3);
  CHECK(folded(whole, {20, {}}).entities.size() == 20);
  CHECK(folded(whole, {20, {}}).relations.size() == 19);
  CHECK(parts_of(whole) == 20);
}

TEST_CASE("what decides, what changes and what is next to it stays; the rest stands for itself in groups") {
  Picture whole = chain(300, 10);
  whole.entities[150].change = ChangeKind::modified;
  whole.entities[77].data_classes = {"PII"};
  whole.entities[78].exposure = "internet";
  const Picture small = folded(whole, {36, {whole.entities[299].id}});
  CHECK(small.entities.size() <= 36);
  CHECK(parts_of(small) == 300);
  for (const char* kept : {"n9/s299", "n0/s150", "n9/s149", "n1/s151"}) {
    CAPTURE(kept);
    REQUIRE(find(small, kept) != nullptr);
    CHECK(find(small, kept)->folded == 0);
  }
  CHECK(find(small, "n0/s150")->change == ChangeKind::modified);
  REQUIRE(find(small, "n2/*") != nullptr);
  CHECK(find(small, "n2/*")->folded > 20);
  CHECK_FALSE(find(small, "n2/*")->change.has_value());
  CHECK(leads(small, "n1/s151", "n2/*"));
  CHECK(leads(small, "n9/s149", "n0/s150"));
  std::set<model::EntityId> ids;
  for (const PictureEntity& entity : small.entities) CHECK(ids.insert(entity.id).second);
}

TEST_CASE("a changed part in the middle of everything does not draw everything into the picture") {
  Picture whole = chain(100, 4);
  whole.entities[0].change = ChangeKind::modified;
  for (std::size_t at = 1; at < 90; ++at)
    whole.relations.push_back({whole.entities[at].id, whole.entities[0].id, model::RelationKind::calls, {}});
  whole.relations.back().change = ChangeKind::added;
  const Picture small = folded(whole, {60, {}});
  CHECK(small.entities.size() < 10);
  CHECK(find(small, "n1/s89") != nullptr);
  CHECK(leads(small, "n2/*", "n0/s0"));
}

TEST_CASE("a group says the widest exposure and all data of its parts, and that something in it changes") {
  Picture whole = chain(40, 1);
  for (PictureEntity& entity : whole.entities) entity.change = ChangeKind::added;
  whole.entities[38].exposure = "internet";
  whole.entities[37].data_classes = {"PII"};
  whole.entities[39].data_classes = {"PCI", "PII"};
  const PictureEntity* group = find(folded(whole, {6, {}}), "n0/*");
  const Picture small = folded(whole, {6, {}});
  group = find(small, "n0/*");
  REQUIRE(group != nullptr);
  CHECK(group->exposure == "internet");
  CHECK(group->data_classes == std::vector<std::string>{"PCI", "PII"});
  CHECK(group->change == ChangeKind::added);
  whole.entities[39].change = ChangeKind::removed;
  CHECK(find(folded(whole, {6, {}}), "n0/*")->change == ChangeKind::modified);
}

TEST_CASE("lines of one pair of boxes are one; those that differ count as changed") {
  Picture whole = chain(40, 2);
  for (std::size_t at = 10; at < 30; at += 2)
    whole.relations.push_back({whole.entities[at].id, whole.entities[at + 3].id, model::RelationKind::calls, {}});
  const Picture small = folded(whole, {6, {}});
  std::set<std::pair<model::EntityId, model::EntityId>> ends;
  for (const model::PictureRelation& relation : small.relations) CHECK(ends.emplace(relation.source, relation.target).second);
}

TEST_CASE("more namespaces than boxes fold by application, more applications into one") {
  Picture whole = chain(500, 400);
  Picture small = folded(whole, {12, {}});
  CHECK(small.entities.size() <= 12);
  CHECK(find(small, "*") != nullptr);
  CHECK(find(small, "*")->name == "a");
  for (std::size_t at = 0; at < whole.entities.size(); ++at)
    whole.entities[at].id = id("n" + std::to_string(at), at, "application" + std::to_string(at % 90));
  small = folded(whole, {12, {}});
  CHECK(small.entities.size() <= 12);
  CHECK(find(small, "*")->name == "everything else");
  CHECK(parts_of(small) == 500);
}

TEST_CASE("folding what is folded keeps the count") {
  const Picture once = folded(chain(300, 20), {60, {}});
  const Picture twice = folded(once, {20, {}});
  CHECK(twice.entities.size() <= 20);
  CHECK(parts_of(twice) == 300);
}

}  // namespace
}  // namespace postern::render
